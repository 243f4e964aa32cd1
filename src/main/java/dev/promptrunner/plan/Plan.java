package dev.promptrunner.plan;

import dev.promptrunner.base.JobId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Everything that there is to do, as a value: nothing here touches a file or a server.
 *
 * @param works in the order of their prompt files
 */
public record Plan(List<VideoWork> works, JobOrder order) {
  public Plan {
    works = List.copyOf(works);
  }

  public static Plan empty(JobOrder order) {
    return new Plan(List.of(), order);
  }

  /** All jobs, prompt file by prompt file. */
  public List<Job> jobs() {
    return works.stream().map(VideoWork::jobs).flatMap(Collection::stream).toList();
  }

  /** The jobs that may run now, the one that should go first at the head. */
  public List<Job> ready(Set<JobId> done) {
    return IntStream.range(0, works.size())
        .boxed()
        .flatMap(
            at ->
                works.get(at).jobs().stream()
                    .filter(job -> !done.contains(job.id()) && done.containsAll(job.after()))
                    .map(job -> new Ranked(at, job)))
        .sorted(Ranked.by(order))
        .map(Ranked::job)
        .toList();
  }

  /**
   * A job with its place among the works.
   *
   * @param work the index of its work in the plan
   */
  public record Ranked(int work, Job job) {
    /** What goes first when several are ready. */
    public static Comparator<Ranked> by(JobOrder order) {
      Comparator<Ranked> phase = Comparator.comparing(ranked -> ranked.job().kind());
      Comparator<Ranked> chunk = Comparator.comparingInt(ranked -> ranked.job().chunk());
      Comparator<Ranked> file = Comparator.comparingInt(Ranked::work);
      return switch (order) {
        case ADJACENT -> file.thenComparing(chunk).thenComparing(phase);
        case WAVE -> chunk.thenComparing(phase).thenComparing(file);
      };
    }
  }
}
