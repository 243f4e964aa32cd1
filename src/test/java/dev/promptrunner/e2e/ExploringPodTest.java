package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the pod when an exploration has ended; a command stands for the provider. */
class ExploringPodTest extends CommandLine {
  private Path told;
  private Path toldAtTheStop;

  @BeforeEach
  void aPod() throws Exception {
    Files.copy(Path.of("workflows/wan22-t2v.json"), dir.resolve("wan22-t2v.json"));
    told = dir.resolve("told");
    toldAtTheStop = dir.resolve("told-at-the-stop");
    environment.put("PROMPT_RUNNER_RETRIES", "0");
    environment.put("PROMPT_RUNNER_POD_PROVIDER", "command");
    environment.put("PROMPT_RUNNER_POD_STOP_COMMAND", "cp %s %s".formatted(told, toldAtTheStop));
  }

  @Test
  void it_is_stopped_when_the_last_command_has_run() throws Exception {
    Told ended = iterate("--after", "stop", "--on-finished", "sleep 0.3; echo $RUN >> " + told);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Files.readAllLines(toldAtTheStop)).containsExactly("iter_001", "iter_002");
  }

  /** Nobody needs to sit there: an end by a failure is no end by a person. */
  @Test
  void it_is_stopped_when_the_first_error_ends_the_whole() throws Exception {
    Files.createFile(told);
    environment.put("PROMPT_RUNNER_SIMULATOR_FAULTS", "oom@1x9");

    Told ended = iterate("--after", "stop", "--stop-on-error");

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.out()).contains("0 of 2 iterations done, 1 failed");
    assertThat(toldAtTheStop).exists();
  }

  @Test
  void it_stays_up_unasked_with_a_word_before_the_first_run() throws Exception {
    environment.put(
        "PROMPT_RUNNER_DELIVER", "file://" + Files.createDirectory(dir.resolve("bucket")));

    Told ended = iterate();

    assertThat(ended.err())
        .contains(
            "note: results of explorations are not delivered to file://DIR/bucket: they stay in"
                + " DIR/out; copy each with --on-finished")
        .contains(
            "note: the pod stays up when this has ended and is BILLED, because nothing is"
                + " delivered: give --after stop to stop it");
    assertThat(toldAtTheStop).doesNotExist();
  }

  private Told iterate(String... more) {
    List<String> words =
        new ArrayList<>(List.of("iterate", dir.resolve("wan22-t2v.json").toString()));
    words.addAll(List.of("-n", "2", "--engine", "simulator", "--output", output().toString()));
    for (String small : List.of("latent_width=64", "latent_height=64", "latent_length=5")) {
      words.addAll(List.of("--set", small));
    }
    words.addAll(List.of(more));
    return tell(words.toArray(String[]::new));
  }
}
