package dev.promptrunner.app;

import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.event.EventJson;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.AttemptState;
import dev.promptrunner.store.JobRow;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.store.Why;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a finished work cost, out of the store alone: the time of its server jobs, and the price at
 * which the run that finished it told its cost. That was stored before the work was delivered, so
 * that delivering it again, on a pod with another price, writes the same manifest.
 */
record SpentOf(StoreReader reader) {
  Manifest.Spent spent(Work work, Manifest.FinalVideo video) {
    Map<String, Duration> gpu = new TreeMap<>();
    for (Job job : work.jobs()) {
      if (job.kind().resource() == JobKind.Resource.SERVER
          && reader.why(job.id()) instanceof Why.Known known) {
        gpu.merge(job.kind().name(), time(known), Duration::plus);
      }
    }
    return Manifest.Spent.of(gpu, video, dollarsPerGpuHour(work));
  }

  /** The finished try's own time, and the failed ones from their start to their end. */
  private static Duration time(Why.Known known) {
    Duration done = known.row().flatMap(JobRow::took).orElse(Duration.ZERO);
    return known.attempts().stream()
        .filter(attempt -> attempt.state() == AttemptState.FAILED)
        .map(SpentOf::time)
        .reduce(done, Duration::plus);
  }

  private static Duration time(AttemptRow failed) {
    return failed
        .endedAt()
        .map(end -> Duration.between(failed.startedAt(), end))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private double dollarsPerGpuHour(Work work) {
    return reader.eventsOf(work.id()).stream()
        .map(EventJson::read)
        .flatMap(Optional::stream)
        .filter(RunEvent.Spent.class::isInstance)
        .map(RunEvent.Spent.class::cast)
        .filter(spent -> spent.dollars() > 0 && spent.gpu().isPositive())
        .reduce((_, last) -> last)
        .map(spent -> spent.dollars() * 3.6e12 / spent.gpu().toNanos())
        .orElse(0.0);
  }
}
