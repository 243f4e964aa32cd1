package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Follows one job to its end. The socket tells when to look, the history tells what happened. Used
 * by one thread, once.
 */
final class Follower {
  private final String promptId;
  private final Mailbox mailbox;
  private final Ledger ledger;
  private final Hearing hearing;
  private final ComfySettings settings;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final JobWatch watch;
  private final Kind kind;

  private long markAtLastMiss;
  private Instant nextPoll;
  private Instant nextQueueLook;
  private int connectionAtQueueLook;
  private Optional<Instant> endedSince = Optional.empty();
  private Place place = new Place.Running();

  /** What sort of job it is, and how such jobs went. */
  record Kind(String name, Silences silences) {
    JobWatch.Patience patience(ComfySettings.Timeouts floors) {
      return new JobWatch.Patience(
          silences.patience(name, floors.stall()),
          silences.blindPatience(name, floors.blindStall()));
    }
  }

  Follower(
      String promptId,
      Mailbox mailbox,
      Ledger ledger,
      Hearing hearing,
      ComfySettings settings,
      InstantSource clock,
      Sleeper sleeper,
      Kind kind,
      boolean justSent) {
    this.promptId = promptId;
    this.mailbox = mailbox;
    this.ledger = ledger;
    this.hearing = hearing;
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.kind = kind;
    this.watch =
        new JobWatch(
            promptId, settings.timeouts(), kind.patience(settings.timeouts()), clock.instant());
    this.markAtLastMiss = hearing.received();
    this.nextPoll = justSent ? clock.instant().plus(interval()) : clock.instant();
    this.nextQueueLook = justSent ? clock.instant().plus(settings.polling().queue()) : nextPoll;
    this.connectionAtQueueLook = hearing.connection();
  }

  JobResult follow(JobListener listener) throws FailureException, InterruptedException {
    while (true) {
      requireServer();
      Duration patience = Duration.between(clock.instant(), nextPoll);
      Optional<ServerEvent> event = mailbox.take(patience);
      if (event.isPresent()) {
        listener.on(event.get());
        hear(event.get());
      }
      if (event.isEmpty() || event.get().ended() || !clock.instant().isBefore(nextPoll)) {
        Optional<HistoryRecord> record = poll();
        if (record.isPresent()) {
          mailbox.drain().forEach(listener::on);
          JobResult result = result(record.get());
          learn(result);
          return result;
        }
      }
    }
  }

  private void learn(JobResult result) {
    boolean heard = hearing.trusted() && mailbox.heard();
    Duration silence = heard ? watch.longestSilence(clock.instant()) : Duration.ZERO;
    kind.silences().learn(kind.name(), silence, result.took());
  }

  private void requireServer() throws FailureException {
    Optional<String> lost = mailbox.lost();
    if (lost.isPresent()) {
      throw watch.lost(lost.get());
    }
  }

  private void hear(ServerEvent event) {
    Instant now = clock.instant();
    watch.progress(now);
    place = new Place.Running();
    nextQueueLook = now.plus(settings.polling().queue());
    if (event.ended() && endedSince.isEmpty()) {
      endedSince = Optional.of(now);
    }
  }

  private Optional<HistoryRecord> poll() throws FailureException, InterruptedException {
    long mark = hearing.received();
    try {
      place = look();
      watch.answered(clock.instant());
    } catch (FailureException e) {
      requireServer();
      watch.unanswered(clock.instant(), e);
    }
    return switch (place) {
      case Place.Finished(HistoryRecord record) -> {
        if (endedSince.isEmpty()) {
          hearing.expectAfter(markAtLastMiss);
        }
        yield Optional.of(record);
      }
      case Place.Unknown() -> throw watch.lost();
      case Place.Queued _ -> {
        watch.progress(clock.instant());
        yield goOn(mark);
      }
      case Place.Running() -> goOn(mark);
    };
  }

  private Optional<HistoryRecord> goOn(long mark) throws FailureException {
    markAtLastMiss = mark;
    boolean reporting = hearing.trusted() && mailbox.heard();
    if (watch.check(clock.instant(), reporting)) {
      hearing.doubt();
    }
    nextPoll = clock.instant().plus(interval());
    return Optional.empty();
  }

  /**
   * The history each time; the queue, whose answer is large, only now and then, and at once on a
   * new connection: its server may be another process, which has never heard of the job.
   */
  private Place look() throws FailureException, InterruptedException {
    Optional<HistoryRecord> record = ledger.finished(promptId);
    if (record.isPresent()) {
      return new Place.Finished(record.get());
    }
    int connection = hearing.connection();
    if (connection == connectionAtQueueLook && clock.instant().isBefore(nextQueueLook)) {
      return place;
    }
    Place found = ledger.look(promptId);
    if (found instanceof Place.Unknown) {
      sleeper.sleep(settings.polling().confirm());
      found = ledger.look(promptId);
    }
    nextQueueLook = clock.instant().plus(settings.polling().queue());
    connectionAtQueueLook = connection;
    return found;
  }

  private Duration interval() {
    ComfySettings.Polling polling = settings.polling();
    Instant now = clock.instant();
    if (endedSince.filter(since -> now.isBefore(since.plus(polling.endedFor()))).isPresent()) {
      return polling.ended();
    }
    boolean spokenOf = place instanceof Place.Queued || mailbox.heardOn(hearing.connection());
    return hearing.trusted() && spokenOf ? polling.healthy() : polling.blind();
  }

  private JobResult result(HistoryRecord record) throws FailureException {
    String attempted = "running job " + promptId;
    return switch (record.outcome()) {
      case HistoryRecord.Outcome.Succeeded() ->
          new JobResult(promptId, record.outputs(), record.cached(), record.took());
      case HistoryRecord.Outcome.Failed(NodeFailure node) ->
          throw new FailureException(JobFailures.of(attempted, node));
      case HistoryRecord.Outcome.Interrupted(String node, String className) ->
          throw new FailureException(
              new Failure.Cancelled(
                  attempted,
                  "it was interrupted in node " + node + " (" + className + ")",
                  "run it again if nobody meant to stop it"));
    };
  }
}
