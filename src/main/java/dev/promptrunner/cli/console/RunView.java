package dev.promptrunner.cli.console;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the events told of the run so far: all that bars and summary need. Not thread-safe. */
final class RunView {
  private final Map<String, WorkView> works = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> planned = new LinkedHashMap<>();
  private final Pace pace = new Pace();
  private Optional<RunEvent.RunStarted> start = Optional.empty();
  private Optional<RunEvent.RunFinished> end = Optional.empty();
  private Optional<RunEvent.Spent> spent = Optional.empty();

  /** Learns how many jobs of which kind each prompt file has, for the time that is left. */
  void expect(Plan plan) {
    plan.works().forEach(work -> planned.put(work.id(), kinds(work.jobs())));
  }

  private static Map<String, Integer> kinds(List<Job> jobs) {
    return jobs.stream()
        .collect(Collectors.groupingBy(job -> job.kind().name(), Collectors.summingInt(job -> 1)));
  }

  void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted e -> start = Optional.of(e);
      case RunEvent.WorkStarted e -> work(e.work()).on(e);
      case RunEvent.JobStarted e -> work(e.job()).on(e);
      case RunEvent.JobProgress e -> work(e.job()).on(e);
      case RunEvent.JobDone e -> {
        work(e.job()).on(e);
        pace.add(e);
      }
      case RunEvent.JobFailed e -> work(e.job()).on(e);
      case RunEvent.VideoReady e -> work(e.work()).on(e);
      case RunEvent.Delivered e -> work(e.work()).on(e);
      case RunEvent.WorkDone e -> work(e.work()).on(e);
      case RunEvent.Replanned e -> {
        work(e.work()).on(e);
        // Of which kinds its jobs are now is not told.
        planned.remove(e.work());
      }
      case RunEvent.WorkFailed e -> work(e.work()).on(e);
      case RunEvent.Spent e when e.work().isEmpty() -> spent = Optional.of(e);
      case RunEvent.Spent e -> work(e.work()).on(e);
      case RunEvent.RunFinished e -> end = Optional.of(e);
      case RunEvent.Warning _,
          RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _ -> {
        // Told as lines; nothing later depends on them.
      }
    }
  }

  private WorkView work(JobId job) {
    return work(job.work());
  }

  private WorkView work(String id) {
    return works.computeIfAbsent(id, WorkView::new);
  }

  Optional<RunEvent.RunStarted> start() {
    return start;
  }

  Optional<RunEvent.RunFinished> end() {
    return end;
  }

  /** What the whole run spent. */
  Optional<RunEvent.Spent> spent() {
    return spent;
  }

  /** In the order in which they were first heard of. */
  List<WorkView> works() {
    return List.copyOf(works.values());
  }

  Pace pace() {
    return pace;
  }

  /** Jobs by kind as planned; empty when no plan was told. */
  Map<String, Integer> planned(String work) {
    return planned.getOrDefault(work, Map.of());
  }

  boolean simulated() {
    return start.filter(e -> e.engine().equals("simulator")).isPresent();
  }
}
