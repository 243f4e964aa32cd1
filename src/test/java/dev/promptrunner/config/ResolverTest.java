package dev.promptrunner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void aWorld() {
    world = new World(folder);
  }

  @Test
  void takes_flags_before_environment_before_file_before_defaults() throws Exception {
    world.file("overlap: 1");
    assertOverlap(1, "prompt-runner.yaml:1");
    world.variable("PROMPT_RUNNER_OVERLAP", "2");
    assertOverlap(2, "PROMPT_RUNNER_OVERLAP");
    world.flag("overlap", "3");
    assertOverlap(3, "--overlap");
  }

  @Test
  void prefers_its_own_variable_to_the_usual_one() throws Exception {
    world.variable("COMFYUI_URL", "http://usual:1");
    assertThat(url()).isEqualTo("http://usual:1");
    world.variable("PROMPT_RUNNER_COMFYUI_URL", "http://own:2");
    assertThat(url()).isEqualTo("http://own:2");
  }

  @Test
  void takes_an_empty_variable_for_none() throws Exception {
    world.variable("PROMPT_RUNNER_OVERLAP", "").variable("COMFYUI_URL", " ");
    assertOverlap(0, "default");
  }

  @Test
  void takes_a_name_without_a_value_for_none() throws Exception {
    world.file("overlap:", "deliver: ~", "comfyui:");
    assertThat(world.problems())
        .singleElement()
        .asString()
        .contains("prompt-runner.yaml:3", "it is a group of comfyui.arguments");
    world.file("overlap:", "deliver: ~");
    assertOverlap(0, "default");
  }

  @Test
  void lets_an_empty_flag_unset_what_the_file_sets() throws Exception {
    world.file("deliver: gs://bucket/x").flag("deliver", "");
    assertThat(world.resolve().get(Keys.DELIVER)).isEmpty();
  }

  @Test
  void reads_nested_and_dotted_names_and_lists_alike() throws Exception {
    world.file(
        "comfyui:",
        "  wait: 10m",
        "  url:",
        "    - http://gpu1:8188",
        "    - {url: 'http://gpu2:8188', passes: [combine]}",
        "pod.provider: vast",
        "prompt-files: [a.txt, b]",
        "seed: 18446744073709551615");
    Resolved settings = world.resolve();

    assertThat(settings.get(Keys.COMFYUI_WAIT)).hasMinutes(10);
    assertThat(settings.get(Keys.COMFYUI_URL))
        .extracting(ServersConfig.Server::url)
        .containsExactly(URI.create("http://gpu1:8188"), URI.create("http://gpu2:8188"));
    assertThat(settings.origin(Keys.COMFYUI_URL).words()).isEqualTo("prompt-runner.yaml:3");
    assertThat(settings.get(Keys.PROMPT_FILES)).containsExactly(Path.of("a.txt"), Path.of("b"));
    assertThat(settings.get(Keys.SEED).orElseThrow()).hasToString("18446744073709551615");
  }

  @Test
  void takes_each_path_of_the_command_line_as_it_is() throws Exception {
    world.flag("prompt-files", "a.txt", "with:colon.txt");
    assertThat(world.resolve().get(Keys.PROMPT_FILES))
        .containsExactly(Path.of("a.txt"), Path.of("with:colon.txt"));
  }

  @Test
  void takes_one_path_of_the_command_line_as_it_is_too() throws Exception {
    world.flag("prompt-files", "with:colon.txt");
    assertThat(world.resolve().get(Keys.PROMPT_FILES)).containsExactly(Path.of("with:colon.txt"));
  }

  @Test
  void reads_the_file_that_a_flag_or_a_variable_names() throws Exception {
    world.write("other.yaml", "overlap: 7").variable("PROMPT_RUNNER_CONFIG", "other.yaml");
    assertOverlap(7, "other.yaml:1");
    world.write("third.yaml", "", "overlap: 8").config("third.yaml");
    assertOverlap(8, "third.yaml:2");
  }

  @Test
  void says_that_a_named_file_is_missing() {
    world.config("nowhere.yaml");
    assertThat(world.problems())
        .containsExactly(
            "--config: there is no such settings file, found 'nowhere.yaml': give the path of a"
                + " YAML file, or leave it out");
  }

  @Test
  void needs_no_file_and_takes_an_empty_one() throws Exception {
    assertOverlap(0, "default");
    world.file("# nothing yet");
    assertOverlap(0, "default");
  }

  @Test
  void has_other_defaults_on_a_pod() throws Exception {
    assertThat(world.resolve().get(Keys.OUTPUT)).isEqualTo(Path.of("./output"));
    world.exists("/workspace/ComfyUI").exists("/workspace/prompt_files");

    Resolved onPod = world.resolve();
    assertThat(onPod.get(Keys.OUTPUT))
        .isEqualTo(Path.of("/workspace/ComfyUI/output/prompt-runner"));
    assertThat(onPod.get(Keys.PROMPT_FILES)).containsExactly(Path.of("/workspace/prompt_files"));
  }

  @Test
  void reports_every_problem_of_every_source_at_once() {
    world
        .file("frames-per-chunk: 0", "comfyui:", "  wiat: 5m", "log: {level: loud}")
        .variable("PROMPT_RUNNER_OVERLAP", "-1")
        .variable("PROMPT_RUNNER_OVERLAPP", "1")
        .flag("size", "831x480");

    assertThat(world.problems())
        .containsExactlyInAnyOrder(
            "prompt-runner.yaml:1: frames-per-chunk must be a whole number from 1 to 100000, found"
                + " '0': write for example 100",
            "prompt-runner.yaml:3: there is no such setting, found 'comfyui.wiat': did you mean"
                + " comfyui.wait?",
            "prompt-runner.yaml:4: log.level must be one of error, warn, info, debug, trace, found"
                + " 'loud': write for example error",
            "environment: there is no such setting, found 'PROMPT_RUNNER_OVERLAPP': did you mean"
                + " PROMPT_RUNNER_OVERLAP?",
            "PROMPT_RUNNER_OVERLAP: overlap must be a whole number from 0 to 99999, found '-1':"
                + " write for example 10",
            "--size: size must be a width and a height, both multiples of 16 from 16 to 8192, or"
                + " empty, found '831x480': write for example 832x480");
  }

  @Test
  void checks_a_source_even_where_a_stronger_one_hides_it() {
    world.file("overlap: many").flag("overlap", "3");
    assertThat(world.problems()).singleElement().asString().contains("prompt-runner.yaml:1");
  }

  @Test
  void names_the_line_of_broken_yaml() {
    world.file("overlap: 1", "output: 'open", "keep: true");
    assertThat(world.problems())
        .singleElement()
        .asString()
        .startsWith("prompt-runner.yaml:")
        .contains("this is not YAML (", "check indentation, quotes and colons there");
  }

  @Test
  void refuses_a_file_that_holds_no_names_and_a_name_that_comes_twice() {
    world.file("just a sentence");
    assertThat(world.problems())
        .containsExactly(
            "prompt-runner.yaml:1: the file must hold settings by name, found 'just a sentence':"
                + " write lines such as 'output: ./output'");
    world.file("comfyui: {wait: 5m}", "comfyui.wait: 6m");
    assertThat(world.problems())
        .containsExactly(
            "prompt-runner.yaml:2: comfyui.wait is set twice, first in prompt-runner.yaml:1, found"
                + " '6m': leave one of them out");
  }

  @Test
  void says_what_to_do_about_a_name_that_resembles_nothing() {
    world.file("colour: red");
    assertThat(world.problems())
        .singleElement()
        .asString()
        .endsWith("remove it; 'prompt-runner config show' lists all settings");
  }

  @Test
  void refuses_settings_that_are_wrong_together() {
    world
        .flag("overlap", "100")
        .flag("idle-exit", "10m")
        .flag("after", "terminate")
        .file("pod: {provider: command}", "comfyui.url: http://gpu:1=high+low");

    assertThat(world.problems())
        .containsExactlyInAnyOrder(
            "--overlap: overlap must be less than the frames of a chunk (100), found '100': write"
                + " 0 to 99, or a larger frames-per-chunk",
            "--idle-exit: idle-exit needs watch, found '10m': add --watch, or leave idle-exit out",
            "--after: terminating a pod deletes every video that is not delivered, found"
                + " 'terminate': set deliver to an object store, or use after 'stop'",
            "prompt-runner.yaml:1: this provider needs pod.stop-command, found 'command': set it"
                + " to the command that stops this machine",
            "prompt-runner.yaml:2: no server may render combine, found 'http://gpu:1=high+low':"
                + " add it to the passes of one server");
  }

  @Test
  void needs_no_server_for_combining_when_nothing_is_combined_there() throws Exception {
    world.flag("comfyui.url", "http://gpu:1=high+low").flag("combine", "copy");
    assertThat(world.resolve().get(Keys.COMBINE)).isEqualTo(RenderConfig.Combine.COPY);
  }

  @Test
  void shows_where_each_value_came_from_and_no_secret() throws Exception {
    world
        .file("pod.stop-command: curl -u hunter2 https://x", "output: /data")
        .variable("COMFYUI_URL", "http://me:hunter2@gpu:8188");
    List<Resolved.Row> rows = world.resolve().rows();

    assertThat(rows).hasSameSizeAs(Keys.ALL);
    assertThat(rows)
        .contains(
            new Resolved.Row("pod.stop-command", "***", "prompt-runner.yaml:1"),
            new Resolved.Row("output", "/data", "prompt-runner.yaml:2"),
            new Resolved.Row("comfyui.url", "http://***@gpu:8188", "COMFYUI_URL"),
            new Resolved.Row("combine", "workflow", "default"));
    assertThat(rows.toString()).doesNotContain("hunter2");
  }

  @Test
  void shows_no_secret_in_a_problem() {
    world.file("pod.stop-command: [hunter2]", "pod: {stop-command: hunter2}");
    assertThat(world.problems()).hasSize(2).noneMatch(text -> text.contains("hunter2"));
    world.file("pod.stop-command: curl -H 'key: hunter2' https://x");
    assertThat(world.problems()).hasSize(1).noneMatch(text -> text.contains("hunter2"));
  }

  private String url() throws ConfigException {
    return world.resolve().get(Keys.COMFYUI_URL).getFirst().url().toString();
  }

  private void assertOverlap(int overlap, String origin) throws ConfigException {
    Resolved settings = world.resolve();
    assertThat(settings.get(Keys.OVERLAP)).isEqualTo(overlap);
    assertThat(settings.origin(Keys.OVERLAP).words()).isEqualTo(origin);
  }
}
