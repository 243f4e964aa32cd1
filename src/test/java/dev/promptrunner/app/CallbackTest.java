package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.result.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CallbackTest {
  @TempDir Path folder;

  @Test
  void the_command_knows_the_run_its_state_and_its_file_and_works_in_the_folder() throws Exception {
    run(
        "echo \"$RUN $RUN_INDEX $RUN_STATE $RUN_FILE\" >> told.txt",
        result("001", 1, Result.State.DONE, "001/a b.mp4"),
        result("002", 2, Result.State.FAILED));
    assertThat(folder.resolve("told.txt")).hasContent("001 1 done 001/a b.mp4\n002 2 failed ");
  }

  @Test
  void commands_run_one_after_the_other_and_all_have_ended_when_it_is_closed() throws Exception {
    run(
        "mkdir busy && echo $RUN >> told.txt && rmdir busy",
        result("001", 1, Result.State.DONE),
        result("002", 2, Result.State.DONE),
        result("003", 3, Result.State.DONE));
    assertThat(folder.resolve("told.txt")).hasContent("001\n002\n003");
  }

  @Test
  void a_command_that_fails_ends_nothing() throws Exception {
    run(
        "echo $RUN >> told.txt; exit 3",
        result("001", 1, Result.State.DONE),
        result("002", 2, Result.State.DONE));
    assertThat(folder.resolve("told.txt")).hasContent("001\n002");
  }

  @Test
  void a_command_that_asks_gets_no_answer_instead_of_waiting() throws Exception {
    run("read answer; echo \"<$answer>\" > told.txt", result("001", 1, Result.State.DONE));
    assertThat(folder.resolve("told.txt")).hasContent("<>");
  }

  @Test
  void without_a_command_nothing_runs() throws Exception {
    try (Callback callback = new Callback(Optional.empty(), folder)) {
      callback.ended(result("001", 1, Result.State.DONE));
    }
    assertThat(Files.list(folder)).isEmpty();
  }

  private void run(String command, Result... results) {
    try (Callback callback = new Callback(Optional.of(command), folder)) {
      List.of(results).forEach(callback::ended);
    }
  }

  private static Result result(String run, int index, Result.State state, String... files) {
    return new Result(
        run,
        index,
        index,
        "",
        state,
        Map.of(),
        List.of(files),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
