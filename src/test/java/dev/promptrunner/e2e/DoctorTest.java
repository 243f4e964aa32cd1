package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.testing.FakeGcs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole table on this machine, whose own lines differ from machine to machine. */
class DoctorTest extends CommandLine {
  private static final String NOBODY = "http://127.0.0.1:1";

  private Told doctor(String... more) {
    return tell(
        Stream.concat(
                Stream.of("doctor", prompts().toString(), "--output", output().toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Lines without what wrapping and aligning did. */
  private static List<String> plain(Told told) {
    String joined = told.out().replaceAll("\\n {12,}+(?!→)", " ");
    return joined.lines().map(line -> line.strip().replaceAll(" {2,}", " ")).toList();
  }

  @Test
  void on_the_simulator_everything_is_well_and_nothing_stays_behind() throws Exception {
    good("walk");
    Told told = doctor("--engine", "simulator");
    assertThat(told.err()).isEmpty();
    assertThat(plain(told))
        .contains(
            "settings",
            "ok settings fit together",
            "ok prompt files DIR/prompts: 1 can be used",
            "machine",
            "ok pod none: neither RunPod nor Vast.ai, and no pod.stop-command",
            "ok hard links within DIR/out work: files are never copied",
            "ok recipe on server all 28 node classes and 11 models are there (http://HOST:PORT)",
            "ok LoRA pairs what HIGH and LOW load in 3 places belongs together",
            "ok object store file://DIR/out/delivered: a probe was written, read and removed")
        .anyMatch(line -> line.startsWith("ok Java 2"))
        .anyMatch(line -> line.startsWith("ok FFmpeg "))
        .anyMatch(line -> line.matches("ok worker made a picture in TIME"))
        .anyMatch(line -> line.matches("0 problems, \\d+ warnings?, \\d+ ok"));
    assertThat(told.code()).isZero();
    assertThat(files(dir))
        .containsExactlyInAnyOrder(
            "out", "out/delivered", "prompts", "prompts/walk.txt", "prompts/walk.mp4");
  }

  private static Set<String> files(Path root) throws IOException {
    try (var tree = Files.walk(root)) {
      return tree.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void a_server_that_is_away_is_one_problem_and_the_rest_is_looked_at() {
    Told told = doctor("--comfyui", NOBODY);
    assertThat(plain(told))
        .contains(
            "problem server looking for ComfyUI at http://HOST:PORT: nothing answers at"
                + " http://HOST:PORT (connection refused)",
            "→ start ComfyUI, or say where it is with --comfyui URL",
            "warning worker not looked at: http://HOST:PORT does not answer as ComfyUI",
            "warning model files not looked at: http://HOST:PORT does not answer as ComfyUI",
            "ok object store nothing is delivered: finished videos stay in the output folder")
        .anyMatch(line -> line.startsWith("1 problem, "));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void who_is_to_be_told_is_asked_and_limits_that_cannot_be_held_are_problems() {
    environment.put("PROMPT_RUNNER_NOTICE_WEBHOOK", NOBODY + "/secret-path");
    environment.put("PROMPT_RUNNER_DEADLINE", "2020-01-01T00:00:00Z");
    environment.put("PROMPT_RUNNER_BUDGET", "20");
    Told told = doctor("--comfyui", NOBODY);
    assertThat(plain(told))
        .anyMatch(line -> line.startsWith("problem notice.webhook no notice would arrive: "))
        .anyMatch(
            line ->
                line.startsWith("problem settings the deadline 2020-01-01T00:00:00Z has passed"))
        .anyMatch(
            line ->
                line.startsWith(
                    "problem budget $20, but nobody says what this machine costs an hour"));
    assertThat(told.out()).doesNotContain("secret-path");
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void two_servers_are_told_apart() throws Exception {
    try (Simulator one = Simulator.start(SimulatorSettings.under(dir.resolve("one")))) {
      Told told = doctor("--comfyui", one.url(), "--comfyui", NOBODY);
      assertThat(plain(told))
          .contains("ok worker 1 made a picture in TIME")
          .anyMatch(line -> line.startsWith("warning server 1 ComfyUI 0.3.64+"))
          .anyMatch(line -> line.startsWith("problem server 2 looking for ComfyUI"));
      assertThat(told.code()).isEqualTo(1);
    }
  }

  @Test
  void a_bucket_is_tried_and_left_as_it_was() throws Exception {
    try (FakeGcs gcs = FakeGcs.start(Files.createDirectories(dir.resolve("gcs")))) {
      gcs.withBucket("films")
          .withRights("storage.objects.create", "storage.objects.get", "storage.objects.delete");
      environment.put("PROMPT_RUNNER_DELIVERY_HOST", gcs.host().toString());
      Told told = doctor("--engine", "simulator", "--deliver", "gs://films/night");
      assertThat(plain(told))
          .contains(
              "ok object store gs://films/night: a probe was written, read and removed",
              "warning settings the simulator's test pictures would go to gs://films/night",
              "ok rights create, get and delete objects, nothing dangerous")
          // How exactly it agrees depends on how busy the machine is.
          .anyMatch(line -> line.matches("(ok|warning) clock .*127\\.0\\.0\\.1"));
      assertThat(told.code()).isZero();
      assertThat(gcs.names("films")).isEmpty();
    }
  }

  @Test
  void wrong_settings_are_findings_beside_those_of_the_machine() {
    Told told = doctor("--engine", "simulator", "--after", "terminate", "--idle-exit", "5m");
    assertThat(plain(told))
        .contains("settings", "machine")
        .anyMatch(line -> line.startsWith("problem settings ") && line.contains("needs watch"))
        .anyMatch(line -> line.startsWith("ok Java 2"))
        .anyMatch(line -> line.startsWith("2 problems, "));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void settings_that_do_not_fit_together_and_prompt_files_that_are_bad_are_warnings()
      throws Exception {
    String[] wish = {"--engine", "simulator", "--watch", "--after", "stop"};
    assertThat(plain(doctor(wish)))
        .contains(
            "warning settings --watch without --idle-exit never ends, so the pod is never stopped",
            "→ add --idle-exit 30m, or end the run yourself",
            "problem pod none: neither RunPod nor Vast.ai, and no pod.stop-command, but --after"
                + " stop is set");
    prompt("walk", "walk\n\nmany\n\na\n\nb\n");
    assertThat(plain(doctor(wish)))
        .anyMatch(
            line ->
                line.startsWith(
                    "warning prompt files DIR/prompts: 0 can be used, 1 cannot; the first:"
                        + " DIR/prompts/walk.txt:3: "))
        .anyMatch(
            line -> line.endsWith("('prompt-runner plan' with the same paths lists them all)"));
  }

  @Test
  void keys_are_never_printed_whatever_goes_wrong() throws Exception {
    Path key =
        Files.writeString(
            dir.resolve("key.json"),
            "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"a@b\","
                + "\"private_key_id\":\"1\",\"private_key\":\"SECRET-1\"}");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    environment.put("RUNPOD_POD_ID", "pod1");
    environment.put("RUNPOD_API_KEY", "SECRET-2");
    environment.put("PROMPT_RUNNER_POD_RUNPOD_URL", NOBODY);
    environment.put("PROMPT_RUNNER_DELIVERY_HOST", NOBODY);
    Told told =
        doctor("--comfyui", "http://user:SECRET-3@127.0.0.1:1", "--deliver", "gs://films/night");
    assertThat(told.out() + told.err()).doesNotContain("SECRET");
    assertThat(plain(told))
        .contains(
            "problem object store opening the object store gs://films/night: the credentials file"
                + " DIR/key.json cannot be used: its private key or another field is damaged")
        .anyMatch(line -> line.startsWith("warning key file DIR/key.json can be read by other"))
        .anyMatch(line -> line.startsWith("problem pod RunPod pod pod1 cannot be asked about: "));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void a_recipe_that_does_not_fit_is_told_with_its_line() throws Exception {
    Path recipe = Files.writeString(dir.resolve("mine.yaml"), "name: [\n");
    Told told = doctor("--engine", "simulator", "--recipe", recipe.toString());
    assertThat(plain(told)).anyMatch(line -> line.startsWith("problem recipe DIR/mine.yaml:"));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void programs_read_json() {
    Told told = doctor("--comfyui", NOBODY, "--json");
    JsonNode json = JsonMapper.shared().readTree(told.out());
    assertThat(json.path("ok").asBoolean()).isFalse();
    assertThat(json.path("problems").asInt()).isEqualTo(1);
    assertThat(json.path("warnings").asInt()).isPositive();
    JsonNode server =
        json.path("findings")
            .valueStream()
            .filter(finding -> finding.path("name").asString().equals("server"))
            .findFirst()
            .orElseThrow();
    assertThat(server.propertyNames()).containsExactly("area", "name", "level", "found", "remedy");
    assertThat(server.path("area").asString()).isEqualTo("server");
    assertThat(server.path("level").asString()).isEqualTo("problem");
    assertThat(server.path("remedy").asString())
        .isEqualTo("start ComfyUI, or say where it is with --comfyui URL");
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void an_option_that_it_does_not_have_ends_as_everywhere() {
    doctor("--nonsense")
        .only(
            2,
            "prompt-runner doctor: unknown option '--nonsense': it has no such option",
            "Try 'prompt-runner doctor --help'.");
  }
}
