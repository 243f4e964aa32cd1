package dev.promptrunner.notice;

import dev.promptrunner.base.Sleeper;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notices to one receiver on a thread of its own, in their order: a dead receiver delays
 * nobody, not even another receiver. Each notice is tried 5 times with growing, jittered pauses, or
 * the pause that the receiver asks for.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final int TRIES = 5;

  /** How long an interrupted try may take to notice it. */
  private static final Duration TO_END = Duration.ofMillis(500);

  private final Receiver receiver;
  private final Outbox outbox;
  private final Sleeper sleeper;
  private final Retry policy;
  private final Thread thread;
  private boolean troubled;

  private Courier(Receiver receiver, Outbox outbox, Sleeper sleeper) {
    this.receiver = receiver;
    this.outbox = outbox;
    this.sleeper = sleeper;
    this.policy =
        Retry.of(
            receiver.name(),
            RetryConfig.<Reply>custom()
                .maxAttempts(TRIES)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        Duration.ofSeconds(1), 2.0, 0.5, Duration.ofSeconds(30)))
                .retryOnResult(Reply.Later.class::isInstance)
                .build());
    this.thread = Thread.ofPlatform().daemon().name(receiver.name()).unstarted(this::work);
  }

  static Courier start(Receiver receiver, Outbox outbox, Sleeper sleeper) {
    Courier courier = new Courier(receiver, outbox, sleeper);
    courier.thread.start();
    return courier;
  }

  void put(Notice notice) {
    outbox.put(notice);
  }

  private void work() {
    try {
      for (var next = outbox.take(); next.isPresent(); next = outbox.take()) {
        try {
          bring(next.get());
        } catch (RuntimeException e) {
          log.error(
              "{}: a notice met a defect of this program; the next are sent", receiver.name(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread()
          .interrupt(); // the end: what is left is counted by whoever asked for it
    }
  }

  private void bring(Outbox.Parcel parcel) throws InterruptedException {
    boolean arrived = false;
    try {
      arrived = told(sent(told(parcel)));
    } finally {
      if (!arrived) {
        outbox.lost(parcel);
      }
    }
  }

  private Reply sent(Notice notice) throws InterruptedException {
    Retry.AsyncContext<Reply> tries = policy.asyncContext();
    while (true) {
      Reply reply = receiver.send(notice);
      long pause = tries.onResult(reply);
      if (pause < 0 || !(reply instanceof Reply.Later later)) {
        return reply;
      }
      Duration wait = Duration.ofMillis(pause);
      sleeper.sleep(later.pause().filter(asked -> asked.compareTo(wait) > 0).orElse(wait));
    }
  }

  private static Notice told(Outbox.Parcel parcel) {
    Notice notice = parcel.notice();
    if (parcel.leftOut() == 0) {
      return notice;
    }
    String more =
        parcel.leftOut() == 1
            ? "\n(1 notice before this one could not be sent)"
            : "\n(%d notices before this one could not be sent)".formatted(parcel.leftOut());
    return new Notice(
        notice.at(),
        notice.id(),
        notice.run(),
        notice.kind(),
        notice.severity(),
        notice.text() + more,
        notice.event());
  }

  /** Trouble is told once, until it is over. */
  private boolean told(Reply reply) {
    Optional<String> words =
        switch (reply) {
          case Reply.Taken _ -> Optional.empty();
          case Reply.Later(String said, var _) ->
              Optional.of(said + " (tried " + TRIES + " times)");
          case Reply.Refused(String said) -> Optional.of(said);
        };
    if (words.isPresent() && !troubled) {
      log.warn(
          "{}: a notice could not be sent: {} — check the address; the run goes on",
          receiver.name(),
          words.get());
    } else if (words.isEmpty() && troubled) {
      log.info("{}: notices arrive again", receiver.name());
    }
    troubled = words.isPresent();
    return words.isEmpty();
  }

  /** Ends; what waits may still go out for this long. */
  void close(Duration patience) throws InterruptedException {
    outbox.close();
    if (patience.isPositive()) {
      thread.join(patience);
    }
    if (thread.isAlive()) {
      thread.interrupt();
      receiver.cut();
      thread.join(TO_END);
    }
    if (outbox.unsent() > 0) {
      log.warn("{}: {} not sent at the end", receiver.name(), count(outbox.unsent()));
    }
  }

  private static String count(int notices) {
    return notices == 1 ? "1 notice was" : notices + " notices were";
  }
}
