package dev.promptrunner.execution;

import dev.promptrunner.plan.Work;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.Store;
import java.time.Duration;
import java.util.List;

/**
 * Takes up prompt files: what is left of each, by its proofs, goes to the frontier. Used by the
 * run's owner alone.
 */
final class Intake {
  private final Ports ports;
  private final Store store;
  private final Evidence evidence;
  private final Ledger ledger;
  private final Attempts attempts;
  private final Frontier frontier;
  private final Tracks tracks;
  private final Hands hands;
  private final WrittenBefore written;

  Intake(
      Ports ports,
      Store store,
      Evidence evidence,
      Ledger ledger,
      Attempts attempts,
      Frontier frontier,
      Tracks tracks,
      Hands hands,
      WrittenBefore written) {
    this.ports = ports;
    this.store = store;
    this.evidence = evidence;
    this.ledger = ledger;
    this.attempts = attempts;
    this.frontier = frontier;
    this.tracks = tracks;
    this.hands = hands;
    this.written = written;
  }

  /** A work that is under way already is left alone. */
  void take(Work work) {
    if (tracks.find(work).filter(WorkTrack::isOpen).isPresent()) {
      return;
    }
    Survey survey = survey(work);
    WorkTrack track = tracks.add(work, ledger.now(), survey.missing());
    if (survey.missing().size() < work.jobs().size()) {
      written.learn(store.artifactsOf(work.id()));
    }
    ledger.workStarted(work, survey);
    takeOff(attempts.takeObsolete(work));
    ledger.announceProven(work, survey.missing());
    begin(track, survey);
  }

  /** Goes on with the smaller chunks that it waited for, as soon as none of its jobs runs. */
  void layAnewIfDue(WorkTrack track) {
    track.takeRelay().ifPresent(relay -> layAnew(track, relay));
  }

  private void layAnew(WorkTrack track, WorkTrack.Relay relay) {
    Work work = relay.work();
    takeOff(attempts.takeOf(work));
    Survey survey = survey(work);
    track.become(work, survey.missing());
    ledger.replanned(relay, survey);
    begin(track, survey);
  }

  private void begin(WorkTrack track, Survey survey) {
    if (survey.missing().isEmpty()) {
      finish(track);
    } else {
      frontier.add(track.index(), track.work(), survey.missing());
    }
  }

  void finish(WorkTrack track) {
    track.finish();
    ledger.workDone(track.work(), Duration.between(track.startedAt(), ledger.now()));
  }

  private Survey survey(Work work) {
    return Survey.of(work, evidence, store, ports.deliverer());
  }

  private void takeOff(List<AttemptRow> left) {
    for (AttemptRow attempt : left) {
      ports.servers().stream()
          .filter(server -> server.name().equals(attempt.resource()))
          .forEach(server -> hands.cancel(server, attempt.promptId()));
    }
  }
}
