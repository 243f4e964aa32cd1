package dev.promptrunner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind.Resource;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.Plans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrontierTest {
  /** The frontier is {@link Plan#ready} kept up to date: both must always name the same jobs. */
  @ParameterizedTest
  @EnumSource(JobOrder.class)
  void holds_what_the_plan_calls_ready_whatever_finishes_when(JobOrder order) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      CombineMode mode = CombineMode.values()[random.nextInt(CombineMode.values().length)];
      Plan plan = new Plan(works(mode, order, random), order);
      Frontier frontier = new Frontier(order);
      for (int i = 0; i < plan.works().size(); i++) {
        VideoWork work = plan.works().get(i);
        frontier.add(
            i, work, work.jobs().stream().map(Job::id).collect(Collectors.toUnmodifiableSet()));
      }
      Set<JobId> done = new HashSet<>();
      while (done.size() < plan.jobs().size()) {
        List<JobId> ready = plan.ready(done).stream().map(Job::id).toList();
        assertThat(taken(frontier)).as("seed " + seed).hasSameElementsAs(ready);
        JobId next = ready.get(random.nextInt(ready.size()));
        done.add(next);
        remove(frontier, next);
        frontier.done(next);
      }
      assertThat(frontier.isEmpty()).isTrue();
    }
  }

  private static List<VideoWork> works(CombineMode mode, JobOrder order, Random random) {
    List<VideoWork> works = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      works.add(
          Plans.work(
              name,
              1 + random.nextInt(60),
              Plans.settings(10, 0, mode, order, random.nextBoolean())));
    }
    return works;
  }

  /** Everything that is ready, left as it was. */
  private static List<JobId> taken(Frontier frontier) {
    List<Ranked> all = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      Optional<Ranked> next;
      while ((next = frontier.take(resource, _ -> true)).isPresent()) {
        all.add(next.get());
      }
    }
    all.forEach(frontier::putBack);
    return all.stream().map(ranked -> ranked.job().id()).toList();
  }

  private static void remove(Frontier frontier, JobId job) {
    for (Resource resource : Resource.values()) {
      if (frontier.take(resource, ranked -> ranked.job().id().equals(job)).isPresent()) {
        return;
      }
    }
    throw new AssertionError(job + " was not ready");
  }
}
