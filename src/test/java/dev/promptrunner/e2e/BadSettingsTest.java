package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadSettingsTest extends CommandLine {
  private static final String SIZE =
      "--size: size must be a width and a height, both multiples of 16 from 16 to 8192, or empty, ";
  private static final String STOPPED = "1 problem in the settings; nothing was started";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --fames-per-chunk 3|prompt-runner run: unknown option '--fames-per-chunk': did you"
            + " mean --frames-per-chunk?",
        "run --engine simulatr|--engine is 'simulatr': give one of comfyui, simulator (did you mean"
            + " simulator?)",
        "run --output|Missing required parameter for option '--output' (DIR)"
      })
  void a_wrong_option_or_value(String line, String told) {
    tell(line.split(" ")).only(2, told, "Try 'prompt-runner run --help'.");
  }

  @Test
  void a_wrong_command() {
    tell("rnu")
        .only(
            2,
            "prompt-runner: unknown command 'rnu': did you mean run?",
            "Try 'prompt-runner --help'.");
  }

  @Test
  void values_out_of_range_are_told_together() {
    tell("run", "--frames-per-chunk", "0", "--size", "64", "--comfyui", "localhost")
        .only(
            2,
            "--comfyui: comfyui.url must be one http or https address or several, each with what it"
                + " may render (high, low, combine) if not all, found 'localhost': write for"
                + " example http://gpu1:8188=high+low,http://gpu2:8188=combine",
            "--frames-per-chunk: frames-per-chunk must be a whole number from 1 to 100000, found"
                + " '0': write for example 100",
            SIZE + "found '64': write for example 832x480",
            "3 problems in the settings; nothing was started");
  }

  @Test
  void an_overlap_as_long_as_a_chunk() {
    render("--overlap", "100")
        .only(
            2,
            "--overlap: overlap must be less than the frames of a chunk (100), found '100': write 0"
                + " to 99, or a larger frames-per-chunk",
            STOPPED);
  }

  @Test
  void a_size_that_the_model_cannot_render() throws Exception {
    good("walk");
    tell(
            "run",
            prompts().toString(),
            "--engine",
            "simulator",
            "--size",
            "63x64",
            "--output",
            output().toString())
        .only(2, SIZE + "found '63x64': write for example 832x480", STOPPED);
  }

  @Test
  void unknown_and_wrong_settings_in_the_file() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("c.yaml"),
            "engin: simulator\nframes-per-chunk: many\ncomfyui:\n  urll: x\n");
    tell("run", "--config", file.toString())
        .only(
            2,
            "DIR/c.yaml:1: there is no such setting, found 'engin': did you mean engine?",
            "DIR/c.yaml:4: there is no such setting, found 'comfyui.urll': did you mean"
                + " comfyui.url?",
            "DIR/c.yaml:2: frames-per-chunk must be a whole number from 1 to 100000, found 'many':"
                + " write for example 100",
            "3 problems in the settings; nothing was started");
  }

  @Test
  void a_file_that_is_no_yaml_or_not_there() throws Exception {
    Path file = Files.writeString(dir.resolve("c.yaml"), "a: [\n");
    tell("run", "--config", file.toString())
        .only(
            2,
            "DIR/c.yaml:1: this is not YAML (while parsing a flow node): check indentation, quotes"
                + " and colons there",
            STOPPED);
    tell("run", "--config", dir + "/none.yaml")
        .only(
            2,
            "--config: there is no such settings file, found 'DIR/none.yaml': give the path of a"
                + " YAML file, or leave it out",
            STOPPED);
  }

  @Test
  void an_unknown_variable() {
    environment.put("PROMPT_RUNNER_OUTPTU", "x");
    tell("run")
        .only(
            2,
            "environment: there is no such setting, found 'PROMPT_RUNNER_OUTPTU': did you mean"
                + " PROMPT_RUNNER_OUTPUT?",
            STOPPED);
  }

  @Test
  void an_output_folder_that_cannot_be_written() throws Exception {
    good("walk");
    Path file = Files.writeString(dir.resolve("file"), "x");
    render("--output", file + "/out")
        .only(
            2,
            "output: the output folder cannot be used (not a directory), found 'DIR/file/out': make"
                + " it writable, or choose another one with --output",
            STOPPED);
    render("--output", file.toString())
        .only(
            2,
            "output: the output folder cannot be used (a file has that name), found 'DIR/file':"
                + " make it writable, or choose another one with --output",
            STOPPED);
  }

  @Test
  void a_disk_that_is_full_stops_before_anything_is_rendered() throws Exception {
    good("walk");
    environment.put("PROMPT_RUNNER_DISK_FLOOR", "900000GB");
    environment.put("PROMPT_RUNNER_DISK_PATIENCE", "0s");
    Told told = render();
    told.among(
        1,
        "warning: disk: DIR/out has SOME free, the floor is 900.0 TB: no further job is begun; free"
            + " some space, or lower disk.floor, and run again",
        "not done walk_KEY after 0 of 4 jobs",
        "0 of 1 prompt file done in TIME.",
        "To go on, give the same command again: what is done is kept and not done twice.");
    assertThat(told.err()).doesNotContain("job_001");
  }

  @Test
  void a_folder_in_which_nothing_has_run() {
    String folder = output().toString();
    assertThat(tell("status", "--output", folder))
        .isEqualTo(new Told(0, "nothing has run in DIR/out yet\n", ""));
    assertThat(tell("status", "--json", "--output", folder))
        .isEqualTo(new Told(0, "{\"works\":[]}\n", ""));
    assertThat(tell("retry", "--output", folder))
        .isEqualTo(new Told(0, "no prompt file of DIR/out has failed\n", ""));
    assertThat(tell("cancel", "--output", folder))
        .isEqualTo(new Told(0, "nothing runs on DIR/out\n", ""));
    tell("why", "walk/job_001", "--output", folder)
        .only(2, "nothing has run in DIR/out yet: give the folder of a run with --output");
    assertThat(output()).doesNotExist();
  }

  @Test
  void a_job_that_is_unknown_and_a_retry_of_nothing() throws Exception {
    good("walk");
    assertThat(render().code()).isZero();
    tell("why", "nope/job_001", "--output", output().toString())
        .only(2, "no job of DIR/out is named 'nope/job_001': 'status' and 'plan' list them");
    assertThat(tell("retry", "--output", output().toString()))
        .isEqualTo(new Told(0, "no prompt file of DIR/out has failed\n", ""));
  }
}
