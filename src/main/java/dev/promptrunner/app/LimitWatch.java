package dev.promptrunner.app;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.Gate;
import dev.promptrunner.plan.JobKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a run to its limits: warns, lets no job begin that would not end in time, and winds the run
 * down when the time that is left is needed for delivering. Its gate is asked by the run's owner;
 * its clock runs on a thread of its own.
 */
final class LimitWatch implements Gate, RunListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LimitWatch.class);

  /** The clock may be set while one sleeps. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final Parts parts;
  private final Limits limits;
  private final Expected expected;
  private final boolean delivers;
  private final Set<Limit> warned = new HashSet<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private Optional<Thread> thread = Optional.empty();

  /**
   * @param delivers whether time is to be kept for it
   */
  LimitWatch(Parts parts, Limits limits, Expected expected, boolean delivers) {
    this.parts = parts;
    this.limits = limits;
    this.expected = expected;
    this.delivers = delivers;
  }

  @Override
  public boolean mayBegin(JobKind kind) {
    return limits.fits(now(), expected.of(kind), reserve());
  }

  @Override
  public void on(RunEvent event) {
    expected.on(event);
  }

  /** Who is held to the limits; an {@link Execution}. */
  interface Limited {
    void tell(RunEvent event);

    /** See {@link Execution#windDown}. */
    void windDown(boolean leaveDeliveries);
  }

  /**
   * Begins to watch.
   *
   * @param leave called when no time is left for delivering either
   */
  void start(Execution execution, Runnable leave) {
    Limited run =
        new Limited() {
          @Override
          public void tell(RunEvent event) {
            execution.tell(event);
          }

          @Override
          public void windDown(boolean leaveDeliveries) {
            execution.windDown(leaveDeliveries);
            if (leaveDeliveries) {
              leave.run();
            }
          }
        };
    thread = Optional.of(Thread.ofVirtual().name("limits").start(() -> watch(run)));
  }

  /** Returns when there is nothing more to hold the run to. */
  void watch(Limited run) {
    try {
      while (now().isBefore(limits.windDownAt(reserve()))) {
        warn(run);
        sleepUntil(nextMark());
      }
      warn(run);
      end().ifPresent(run::tell);
      run.windDown(false);
      while (now().isBefore(limits.leaveDeliveriesAt(reserve()))) {
        sleepUntil(limits.leaveDeliveriesAt(reserve()));
      }
      run.windDown(true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the limits can be watched no longer: the run ends while they are kept", e);
      run.windDown(false);
    }
  }

  private void warn(Limited run) {
    for (Limit limit : limits.all()) {
      if (limit.percent(now()) >= Limits.WARNING && warned.add(limit)) {
        run.tell(near(limit, Limits.WARNING, limit.used(now())));
      }
    }
  }

  private Instant nextMark() {
    return limits.all().stream()
        .filter(limit -> !warned.contains(limit))
        .map(limit -> limit.at(Limits.WARNING))
        .filter(limits.windDownAt(reserve())::isAfter)
        .min(Instant::compareTo)
        .orElseGet(() -> limits.windDownAt(reserve()));
  }

  private void sleepUntil(Instant mark) throws InterruptedException {
    Duration left = Duration.between(now(), mark);
    Duration pause = left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
    parts.sleeper().sleep(pause.compareTo(SHORTEST_PAUSE) > 0 ? pause : SHORTEST_PAUSE);
  }

  private Instant now() {
    InstantSource clock = parts.clock();
    return clock.instant();
  }

  private Duration reserve() {
    return delivers ? limits.reserve(expected.delivery()) : Duration.ZERO;
  }

  /** The event that no further job is begun; once. */
  Optional<RunEvent> end() {
    return told.compareAndSet(false, true)
        ? Optional.of(near(limits.first(), 100, why()))
        : Optional.empty();
  }

  /** Why the run ends, for a person. */
  String why() {
    Limit limit = limits.first();
    String used = limit.used(now());
    return limit.percent(now()) >= 100
        ? used
        : "no further job fits into the %s (%s)".formatted(limit.name(), used);
  }

  private RunEvent near(Limit limit, int percent, String message) {
    return new RunEvent.LimitNear(now(), limit.name(), percent, message);
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
