package dev.promptrunner.execution;

import static dev.promptrunner.testing.Generations.generation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.Generations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows as they are run on the same engine as prompt files, with the same proofs. */
class GenerationTest {
  @TempDir private Path root;
  private final FakeServer server = new FakeServer("one");

  @Test
  void all_that_the_workflow_reported_lies_in_the_run_s_folder_under_the_run_s_name()
      throws Exception {
    Outcome outcome = new ExecutionBench(root, server).run(generation("007", 1));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(files())
        .containsExactlyInAnyOrder("sweeps/colours/007/007.mp4", "sweeps/colours/007/007_2.png");
  }

  @Test
  void the_same_values_are_rendered_once_whatever_runs_them_again() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.run(generation("001", 1), generation("002", 2));

    Outcome again = bench.run(generation("001", 1), generation("002", 2), generation("003", 3));

    assertThat(server.rendered).hasSize(3);
    assertThat(again.count(Outcome.State.DONE)).isEqualTo(3);
  }

  @Test
  void a_result_that_was_changed_or_lost_is_rendered_again() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.run(generation("001", 1), generation("002", 2), generation("003", 3));
    Files.delete(root.resolve("sweeps/colours/001/001_2.png"));
    Files.writeString(root.resolve("sweeps/colours/002/002.mp4"), "other");

    bench.run(generation("001", 1), generation("002", 2), generation("003", 3));

    assertThat(server.rendered.subList(3, 5))
        .extracting(JobId::work)
        .containsExactly(generation("001", 1).id(), generation("002", 2).id());
    assertThat(server.rendered).hasSize(5);
  }

  @Test
  void one_that_fails_keeps_no_other_from_being_rendered() throws Exception {
    server.script(
        (order, tries) -> {
          if (order.job().work().startsWith("sweeps~colours~002")) {
            throw new FailureException(
                new Failure.Rejected("sending 002", "node 1: value not in list", "choose another"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(generation("001", 1), generation("002", 2), generation("003", 3));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(2);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure()).isEqualTo("Rejected"));
  }

  @Test
  void out_of_memory_gives_the_run_up_at_the_end_of_the_ladder() throws Exception {
    server.script(
        (_, _) -> {
          throw new FailureException(
              new Failure.OutOfMemory("rendering", "CUDA out of memory", "smaller"));
        });

    Outcome outcome = new ExecutionBench(root, server).run(generation("001", 1));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(server.freed).isNotEmpty();
  }

  @Test
  void what_ran_when_it_was_stopped_is_finished_and_nothing_else_is_begun() throws Exception {
    Outcome outcome = endedWhileOneRuns(Execution::stopRemaining);

    assertThat(outcome.end()).isEqualTo(Outcome.End.STOPPED);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(3);
    assertThat(server.rendered).hasSize(1);
  }

  @Test
  void an_end_because_of_a_failure_is_told_from_one_that_a_person_asked_for() throws Exception {
    Outcome outcome = endedWhileOneRuns(Execution::breakOff);

    assertThat(outcome.end()).isEqualTo(Outcome.End.BROKEN_OFF);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(3);
  }

  /** Whoever asked may have gone to bed: the pod is ended at the limit all the same. */
  @Test
  void a_limit_holds_while_what_runs_is_finished() throws Exception {
    Outcome outcome =
        endedWhileOneRuns(
            execution -> {
              execution.stopRemaining();
              execution.windDown(false);
            });

    assertThat(outcome.end()).isEqualTo(Outcome.End.LIMIT_REACHED);
  }

  private Outcome endedWhileOneRuns(Consumer<Execution> end) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    server.script(
        (_, _) -> {
          begun.countDown();
          ended.await();
        });
    return new ExecutionBench(root, server)
        .run(
            execution -> Thread.ofVirtual().start(() -> endOnce(begun, execution, end, ended)),
            IntStream.rangeClosed(1, 4)
                .mapToObj(i -> generation("00" + i, i))
                .toArray(Generation[]::new));
  }

  @Test
  void the_content_of_an_image_is_part_of_what_is_made() {
    Path image = Path.of("first.png");

    Generation one = Generations.withImage("001", image, Digest.of("one"));

    assertThat(Generations.withImage("002", image, Digest.of("one")).key()).isEqualTo(one.key());
    assertThat(Generations.withImage("001", image, Digest.of("two")).key()).isNotEqualTo(one.key());
  }

  /** The wish stands in the owner's queue before the end of the job that runs. */
  private static void endOnce(
      CountDownLatch begun, Execution execution, Consumer<Execution> end, CountDownLatch ended) {
    try {
      begun.await();
      end.accept(execution);
      ended.countDown();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(root.resolve("sweeps"))) {
      return tree.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }
}
