package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the pod when an exploration has ended; a command stands for the provider. */
@Timeout(120)
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
  void it_is_stopped_unasked_when_all_results_have_arrived() throws Exception {
    Path bucket = Files.createDirectory(dir.resolve("bucket"));
    environment.put(
        "PROMPT_RUNNER_POD_STOP_COMMAND", "ls %s > %s".formatted(bucket, toldAtTheStop));

    Told ended = iterate("--deliver", "file://" + bucket);

    assertThat(ended.code()).as(ended.err()).isZero();
    Path zip = only(bucket);
    assertThat(Files.readAllLines(toldAtTheStop)).containsExactly(zip.getFileName().toString());
    assertThat(ended.err())
        .contains(
            "wan22-t2v-simulated: delivered to file://DIR/bucket/wan22-t2v-simulated_KEY.zip"
                + " (SIZE)")
        .doesNotContain("the pod stays up");
    assertThat(names(zip))
        .contains(
            "exploration.json",
            "iter_001/iter_001.mp4",
            "iter_001/params.json",
            "iter_002/iter_002.mp4",
            "metadata.csv",
            "metadata.jsonl",
            "workflow.json")
        .allSatisfy(
            name ->
                assertThat(output().resolve("iterations/wan22-t2v-simulated").resolve(name))
                    .isRegularFile());
  }

  /** The second time nothing is rendered, and what lies there is the same. */
  @Test
  void what_was_delivered_is_delivered_once_and_a_page_made_of_it_is_no_result() throws Exception {
    Path bucket = Files.createDirectory(dir.resolve("bucket"));
    environment.put("PROMPT_RUNNER_DELIVER", "file://" + bucket);
    iterate("--after", "none");
    Path zip = only(bucket);
    Path folder = output().resolve("iterations/wan22-t2v-simulated");
    assertThat(tell("contact-sheet", folder.toString(), "--png").code()).isZero();

    Told again = iterate("--after", "none");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .contains(
            "wan22-t2v-simulated: lay delivered already at"
                + " file://DIR/bucket/wan22-t2v-simulated_KEY.zip");
    assertThat(only(bucket)).isEqualTo(zip);
  }

  @Test
  void an_unpacked_archive_is_a_folder_to_look_at() throws Exception {
    Path bucket = Files.createDirectory(dir.resolve("bucket"));
    environment.put("PROMPT_RUNNER_DELIVER", "file://" + bucket);
    iterate("--after", "none");
    Path unpacked = dir.resolve("unpacked");
    try (ZipFile file = new ZipFile(only(bucket).toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        Path to = unpacked.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        Files.copy(file.getInputStream(entry), to);
      }
    }

    Told sheet = tell("contact-sheet", unpacked.toString());

    assertThat(sheet.code()).as(sheet.err()).isZero();
    assertThat(sheet.out()).startsWith("2 results: ");
  }

  /** Nobody deletes the only copy of what was paid for. */
  @Test
  void it_is_only_stopped_when_the_results_could_not_be_delivered() throws Exception {
    Path bucket = Files.createDirectory(dir.resolve("bucket"));
    environment.put("PROMPT_RUNNER_DELIVER", "file://" + bucket);
    environment.put("PROMPT_RUNNER_POD_STOP_COMMAND", "touch " + toldAtTheStop);
    environment.put("PROMPT_RUNNER_POD_TERMINATE_COMMAND", "touch " + dir.resolve("terminated"));
    String inTheWay = "rm -rf %s; touch %1$s".formatted(bucket);

    Told ended = iterate("--after", "terminate", "--on-finished", inTheWay);

    assertThat(ended.code()).as(ended.err()).isEqualTo(5);
    assertThat(ended.err())
        .contains(
            "wan22-t2v-simulated: the results are NOT delivered, they are kept in"
                + " DIR/out/iterations/wan22-t2v-simulated and the same command delivers them: ");
    assertThat(dir.resolve("terminated")).doesNotExist();
    assertThat(output().resolve("iterations/wan22-t2v-simulated/iter_002/iter_002.mp4")).exists();
  }

  @Test
  void nothing_is_delivered_of_runs_that_failed_alone() throws Exception {
    Path bucket = Files.createDirectory(dir.resolve("bucket"));
    environment.put("PROMPT_RUNNER_DELIVER", "file://" + bucket);
    environment.put("PROMPT_RUNNER_SIMULATOR_FAULTS", "oom@1x9");

    Told ended = iterate("--after", "none");

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(bucket).isEmptyDirectory();
  }

  @Test
  void it_stays_up_unasked_with_a_word_before_the_first_run() throws Exception {
    SimulatorSettings bench = SimulatorSettings.under(dir.resolve("server"));
    Told ended;
    try (Simulator server = Simulator.start(bench)) {
      ended = iterate("--engine", "comfyui", "--comfyui", server.url().toString());
    }

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "note: the pod stays up when this has ended and is BILLED, because nothing is"
                + " delivered: name a place with --deliver, or give --after stop to stop it all"
                + " the same");
    assertThat(toldAtTheStop).doesNotExist();
  }

  private static Path only(Path bucket) throws Exception {
    try (var files = Files.list(bucket)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static List<String> names(Path zip) throws Exception {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }

  private Told iterate(String... more) {
    List<String> words =
        new ArrayList<>(List.of("iterate", dir.resolve("wan22-t2v.json").toString()));
    words.addAll(List.of("-n", "2", "--output", output().toString()));
    for (String small : List.of("latent_width=64", "latent_height=64", "latent_length=5")) {
      words.addAll(List.of("--set", small));
    }
    words.addAll(List.of(more));
    if (!words.contains("--engine")) {
      words.addAll(List.of("--engine", "simulator"));
    }
    return tell(words.toArray(String[]::new));
  }
}
