package dev.promptrunner.metrics;

import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens in a run, writes the numbers every minute and at the end, and warns when they
 * go bad. Listening takes no time; the rest is done on a thread of its own. Thread-safe.
 */
public final class Monitor implements RunListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Monitor.class);
  private static final long CHECK_SECONDS = 10;
  private static final Duration WRITE_EVERY = Duration.ofMinutes(1);

  private final Given given;
  private final MeterRegistry registry;
  private final RunMetrics metrics;
  private final Thresholds thresholds;
  private final MetricsFile file;
  private final Optional<MetricsPort> port;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics").factory());
  private Instant written;
  private boolean finished;

  /**
   * What it works with.
   *
   * @param port for Prometheus; 0 takes a free one, empty opens none
   * @param errorRate percentage of the last 20 tries above which to warn; 0 for never
   * @param idleShare percentage of the last 30 minutes above which to warn; 0 for never
   * @param diskFloor in bytes; warned of when less than twice as much is free
   * @param diskFree in bytes; empty when it cannot be told
   * @param warn announces a warning; called on the monitor's own thread
   */
  public record Given(
      Path root,
      RunId run,
      Optional<Integer> port,
      int errorRate,
      int idleShare,
      long diskFloor,
      Supplier<OptionalLong> diskFree,
      MachineMemory memory,
      InstantSource clock,
      RunListener warn) {}

  private Monitor(Given given) {
    this.given = given;
    this.written = given.clock().instant();
    if (given.port().isPresent()) {
      PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      this.registry = prometheus;
      this.port = MetricsPort.open(given.port().get(), prometheus);
    } else {
      this.registry = new SimpleMeterRegistry();
      this.port = Optional.empty();
    }
    this.metrics = new RunMetrics(registry, given.clock(), this, given.memory());
    this.thresholds =
        new Thresholds(
            new Thresholds.Limits(given.errorRate(), given.idleShare(), given.diskFloor()));
    this.file = new MetricsFile(given.root(), given.run());
  }

  /** Begins to check every 10 seconds. */
  public static Monitor start(Given given) {
    Monitor monitor = new Monitor(given);
    var _ =
        monitor.ticks.scheduleWithFixedDelay(
            monitor::tick, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    return monitor;
  }

  @Override
  public synchronized void on(RunEvent event) {
    metrics.on(event);
    thresholds.on(event);
    finished |= event instanceof RunEvent.RunFinished;
  }

  /** A tick that throws would be the last one: what it meets is told instead. */
  private void tick() {
    try {
      check();
    } catch (RuntimeException e) {
      log.warn("checking how the run goes; it goes on", e);
    }
  }

  /** Announcing happens outside the lock: listeners are told under a lock of their own. */
  void check() {
    Instant now = given.clock().instant();
    Thresholds.Reading reading = reading();
    List<RunEvent.Warning> warnings;
    synchronized (this) {
      warnings = finished ? List.of() : thresholds.check(now, reading);
    }
    warnings.forEach(given.warn()::on);
    if (!now.isBefore(written.plus(WRITE_EVERY))) {
      written = now;
      file.write(registry, now, false);
    }
  }

  private Thresholds.Reading reading() {
    MachineMemory memory = given.memory();
    return new Thresholds.Reading(
        memory.own(), memory.available(), memory.limit(), given.diskFree().get());
  }

  /** Where Prometheus reads; empty when nowhere. */
  Optional<Integer> port() {
    return port.map(MetricsPort::port);
  }

  /** Writes the last numbers. */
  @Override
  public void close() {
    ticks.close(); // waits for a tick under way, so that nothing is announced afterwards
    file.write(registry, given.clock().instant(), finished);
    port.ifPresent(MetricsPort::close);
    registry.close();
  }
}
