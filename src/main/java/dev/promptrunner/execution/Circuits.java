package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker for each server: one whose jobs fail one after the other for its own reasons is
 * taken out for a while, then gets a single job as a probe. Used by the run's owner alone.
 */
final class Circuits {
  /** Less than a job's usual tries: the last of them goes to another server, where there is one. */
  static final int IN_A_ROW = 2;

  private static final IntervalFunction WAITS =
      IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(5), 2.0, Duration.ofMinutes(5));

  private final CircuitBreakerConfig config;
  private final Map<Renderer, Circuit> circuits = new HashMap<>();

  Circuits(InstantSource clock) {
    // The owner lets the probe through when the wait is over: the breaker's own wait never is.
    this.config =
        CircuitBreakerConfig.custom()
            .clock(clock.withZone(ZoneOffset.UTC))
            .slidingWindow(IN_A_ROW, IN_A_ROW, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(100)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitDurationInOpenState(Duration.ofDays(365))
            .build();
  }

  private static final class Circuit {
    private final CircuitBreaker breaker;
    private final Set<JobId> lackedMemory = new HashSet<>();
    private int opened;
    private int stalls;

    Circuit(CircuitBreaker breaker) {
      this.breaker = breaker;
    }
  }

  /** It gets a job. */
  void begin(Renderer server) {
    of(server).breaker.tryAcquirePermission();
  }

  void succeeded(Renderer server) {
    Circuit circuit = of(server);
    if (isOpen(server)) {
      circuit.breaker.transitionToClosedState(); // It was blamed while it did this job.
    }
    circuit.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    circuit.lackedMemory.clear();
    circuit.opened = 0;
    circuit.stalls = 0;
  }

  /** Only what may be the server's fault counts, never what one bad prompt file asks for. */
  void failed(Renderer server, Job job, Failure failure) {
    Circuit circuit = of(server);
    if (failure instanceof Failure.Stalled) {
      circuit.stalls++;
    }
    if (isServers(circuit, job, failure)) {
      count(server, failure);
    } else {
      circuit.breaker.releasePermission();
    }
  }

  /** Counts a failure that turned out to be the server's. */
  void count(Renderer server, Failure failure) {
    Circuit circuit = of(server);
    boolean before = isOpen(server);
    circuit.breaker.onError(0, TimeUnit.NANOSECONDS, new FailureException(failure));
    if (!before && isOpen(server)) {
      circuit.opened++;
    }
  }

  private static boolean isServers(Circuit circuit, Job job, Failure failure) {
    return switch (failure) {
      // A job that is too large for the GPU has a ladder of its own: it counts once.
      case Failure.OutOfMemory _ -> !explores(job) && circuit.lackedMemory.add(job.id());
      case Failure.NodeFailed _ -> !explores(job);
      case Failure.Transient _, Failure.ServerLost _, Failure.Stalled _ -> true;
      case Failure.Rejected _,
          Failure.BadOutput _,
          Failure.Cancelled _,
          Failure.Disk _,
          Failure.Store _,
          Failure.Pod _,
          Failure.Configuration _ ->
          false;
    };
  }

  /** Its values may be what no server can render, and so may those of the runs next to it. */
  private static boolean explores(Job job) {
    return job.kind() == JobKind.GENERATE;
  }

  boolean isOpen(Renderer server) {
    return of(server).breaker.getState() == State.OPEN;
  }

  /** How long it stays out; longer each time until a probe succeeds. */
  Duration waitOf(Renderer server) {
    return Duration.ofMillis(WAITS.apply(Math.max(1, of(server).opened)));
  }

  /** One job is let through. */
  void probe(Renderer server) {
    of(server).breaker.transitionToHalfOpenState();
  }

  /** How many of its jobs stalled since the last that went well. */
  int stalls(Renderer server) {
    return of(server).stalls;
  }

  private Circuit of(Renderer server) {
    return circuits.computeIfAbsent(
        server, some -> new Circuit(CircuitBreaker.of(some.name(), config)));
  }
}
