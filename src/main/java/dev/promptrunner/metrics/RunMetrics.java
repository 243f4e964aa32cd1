package dev.promptrunner.metrics;

import dev.promptrunner.event.RunEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happens in a run. Used under the lock of its owner; the gauges take that lock when
 * they are read.
 */
final class RunMetrics {
  private static final String PREFIX = "prompt.runner.";

  private final MeterRegistry registry;
  private final RunningJobs running = new RunningJobs();
  private final ServerTimes servers = new ServerTimes();

  /** When the last job of a prompt file ended: what comes next could have begun then. */
  private final Map<String, Instant> readySince = new HashMap<>();

  private final Map<String, String> experts = new HashMap<>();

  RunMetrics(MeterRegistry registry, InstantSource clock, Object lock, MachineMemory memory) {
    this.registry = registry;
    registry.gauge(
        PREFIX + "servers.idle.share",
        this,
        metrics -> {
          synchronized (lock) {
            return metrics.servers.idleShare(clock.instant());
          }
        });
    registry.gauge(PREFIX + "memory.own.bytes", memory, m -> m.own().orElse(0));
    registry.gauge(PREFIX + "memory.available.bytes", memory, m -> m.available().orElse(0));
  }

  void on(RunEvent event) {
    Optional<RunEvent.JobStarted> ended = running.ended(event);
    ended
        .filter(job -> ServerTimes.rendering(job.kind()))
        .ifPresent(job -> servers.ended(job.resource(), event.at()));
    switch (event) {
      case RunEvent.RunStarted e -> servers.begin(e.at());
      case RunEvent.WorkStarted e -> readySince.put(e.work(), e.at());
      case RunEvent.JobStarted e -> started(e);
      case RunEvent.JobDone e -> done(e);
      case RunEvent.JobFailed e ->
          failed(e, ended.map(RunEvent.JobStarted::kind).orElse("unknown"));
      case RunEvent.Delivered e -> delivered(e);
      case RunEvent.WorkDone e -> file(e.work(), "done");
      case RunEvent.WorkFailed e -> file(e.work(), "failed");
      case RunEvent.ServerUp e ->
          count("servers.up", 1, "server", e.server(), "how", e.how().replace(' ', '-'));
      case RunEvent.ServerDown e -> count("servers.down", 1, "server", e.server());
      case RunEvent.Warning _ -> count("warnings", 1);
      case RunEvent.Replanned _ -> count("replanned", 1);
      case RunEvent.JobProgress _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ -> {}
    }
  }

  private void started(RunEvent.JobStarted e) {
    Instant ready = readySince.get(e.job().work());
    if (e.attempt() == 1 && !e.adopted() && ready != null && !e.at().isBefore(ready)) {
      time("jobs.wait", Duration.between(ready, e.at()), e.kind());
    }
    if (ServerTimes.rendering(e.kind())) {
      servers.started(e.resource(), e.at());
    }
    if (e.kind().equals("HIGH") || e.kind().equals("LOW")) {
      String before = experts.put(e.resource(), e.kind());
      if (before != null && !before.equals(e.kind())) {
        count("experts.swapped", 1, "server", e.resource());
      }
    }
  }

  private void done(RunEvent.JobDone e) {
    count("jobs", 1, "kind", e.kind(), "outcome", "done", "failure", "none");
    time("jobs.time", e.took(), e.kind());
    readySince.put(e.job().work(), e.at());
  }

  private void failed(RunEvent.JobFailed e, String kind) {
    String outcome = e.willRetry() ? "retried" : "failed";
    count("jobs", 1, "kind", kind, "outcome", outcome, "failure", e.failure());
  }

  private void delivered(RunEvent.Delivered e) {
    count("delivered.bytes", e.already() ? 0 : e.bytes());
    count("delivered.archives", 1, "how", e.already() ? "before" : "now");
  }

  private void file(String work, String outcome) {
    readySince.remove(work);
    count("files", 1, "outcome", outcome);
  }

  private void count(String name, double amount, String... tags) {
    registry.counter(PREFIX + name, tags).increment(amount);
  }

  private void time(String name, Duration time, String kind) {
    registry.timer(PREFIX + name, "kind", kind).record(time);
  }
}
