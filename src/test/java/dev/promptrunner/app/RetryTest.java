package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryTest {
  @TempDir Path root;

  @Test
  void prompt_files_that_failed_are_given_again_each_once() throws Exception {
    try (Store store = Explorations.open(root)) {
      work(store, "walk", "walk.txt", WorkState.FAILED);
      work(store, "walk_iter_002", "walk.txt#iter_002", WorkState.FAILED);
      work(store, "run", "run.txt", WorkState.DONE);
      work(store, "swim", "swim.txt#iter_003", WorkState.FAILED);
    }
    assertThat(retry()).containsExactly(Path.of("walk.txt"), Path.of("swim.txt"));
    assertThat(retry()).isEmpty();
  }

  /** They are no prompt files, and their own command takes them up again. */
  @Test
  void explorations_that_failed_are_no_prompt_files() throws Exception {
    try (Store store = Explorations.open(root)) {
      for (NamedRun run : new RunBook(Explorations.sweep(1, 2), store.names()).runs()) {
        Generation work = run.work();
        Explorations.failed(store, work);
      }
      work(store, "walk", "walk.txt", WorkState.FAILED);
    }
    assertThat(retry()).containsExactly(Path.of("walk.txt"));
    try (Store store = Explorations.open(root)) {
      assertThat(store.works())
          .map(WorkRow::state)
          .containsExactly(WorkState.FAILED, WorkState.FAILED, WorkState.OPEN);
    }
  }

  @Test
  void without_any_state_nothing_has_failed() throws Exception {
    assertThat(retry()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void while_another_run_goes_on_nothing_is_forgotten() throws Exception {
    try (Store store = Explorations.open(root)) {
      work(store, "walk", "walk.txt", WorkState.FAILED);
      Stop stop = catchThrowableOfType(Stop.class, this::retry);
      assertThat(stop.kind()).isEqualTo(Stop.Kind.CONFIGURATION);
      assertThat(stop.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.where()).isEqualTo("output");
                assertThat(problem.remedy())
                    .isEqualTo("wait for the other run, or give another folder");
              });
      assertThat(store.works()).map(WorkRow::state).containsExactly(WorkState.FAILED);
    }
  }

  private List<Path> retry() throws Exception {
    return Retry.failed(ExploreSettings.parts(), ExploreSettings.output(root));
  }

  private static void work(Store store, String name, String promptFile, WorkState state) {
    WorkKey key = new WorkKey(Digest.of(name));
    store.rememberWork(WorkRow.open(key, name, promptFile, 81));
    store.finishWork(
        key, state, state == WorkState.FAILED ? Optional.of("it failed") : Optional.empty());
  }
}
