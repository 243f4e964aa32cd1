package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Faults;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.testing.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadServersTest extends CommandLine {
  private static final String STOPPED = "1 problem in the server; nothing was started";

  /** Taken by no program, and not to be had without being root. */
  private static final String NOBODY = "http://127.0.0.1:1";

  @BeforeEach
  void writePrompt() throws Exception {
    good("walk");
  }

  @Test
  void one_that_is_not_there() {
    renderOn(NOBODY, "--comfyui-wait", "1s")
        .only(
            4,
            "comfyui.url: waiting 1 s for ComfyUI at http://HOST:PORT: nothing answers at"
                + " http://HOST:PORT (connection refused): start ComfyUI, or say where it is with"
                + " --comfyui URL",
            STOPPED);
  }

  @Test
  void one_of_two_that_is_not_there_does_not_keep_the_other_from_its_work() throws Exception {
    try (Simulator simulator = simulator("")) {
      renderOn(NOBODY + "," + simulator.url(), "--comfyui-wait", "1s")
          .among(
              0,
              "http://HOST:PORT: is down: nothing answers at http://HOST:PORT (connection refused)"
                  + " — the run begins without it; it gets jobs once it is ready",
              "done     walk_KEY in TIME, 4 frames");
    }
  }

  /** What was tried with the simulator is no reason to deliver test pictures. */
  @Test
  void what_the_simulator_rendered_is_rendered_again_by_a_server() throws Exception {
    assertThat(render().code()).isZero();
    try (Simulator simulator = simulator("")) {
      renderOn(simulator.url()).among(0, "walk_KEY/job_001: HIGH done in TIME");
    }
  }

  @Test
  void recipe_check_does_not_wait_for_one() {
    tell("recipe", "check", "--comfyui", NOBODY)
        .only(
            4,
            "comfyui.url: looking for ComfyUI at http://HOST:PORT: nothing answers at"
                + " http://HOST:PORT (connection refused): start ComfyUI, or say where it is with"
                + " --comfyui URL",
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource({"200", "404"})
  void one_that_is_no_comfyui_ends_the_wait(int status) throws Exception {
    byte[] page = "<html><body>Jupyter</body></html>".getBytes(StandardCharsets.UTF_8);
    try (LoopbackServer web =
        new LoopbackServer(
            (_, socket) -> {
              LoopbackServer.answer(socket, status, Map.of("Content-Type", "text/html"), page);
              return true;
            })) {
      renderOn(web.url().toString(), "--comfyui-wait", "24h")
          .only(
              4,
              "comfyui.url: asking the server what it is: http://HOST:PORT is not a ComfyUI server:"
                  + " it answered "
                  + status
                  + " with a web page: give the address that answers /system_stats with JSON",
              STOPPED);
    }
  }

  @Test
  void one_that_refuses_a_job_in_the_middle_fails_that_prompt_file() throws Exception {
    try (Simulator simulator = simulator("");
        RefusingProxy server = new RefusingProxy(simulator.url(), 2, REFUSAL)) {
      String found =
          "node 4 (WanVideoModelLoader \"Expert (HIGH or LOW)\"), input model: Value not in list"
              + " (found 'low.gguf'); node 5 (WanVideoVAELoader \"VAE\"), input model_name:"
              + " Required input is missing (model_name)";
      String remedy =
          "node 4: put the file into ComfyUI's models/diffusion_models folder, or choose one of"
              + " high.gguf; node 5: set this input or link it to a node";
      renderOn(server.url())
          .among(
              1,
              "walk_KEY/job_001: HIGH done in TIME",
              "walk_KEY/job_002: failed (Rejected): sending walk_KEY/job_002 to http://HOST:PORT: "
                  + found
                  + " — "
                  + remedy,
              "failed   walk_KEY after 1 of 3 jobs",
              "         found        sending walk_KEY/job_002 to http://HOST:PORT: " + found,
              "         do           " + remedy,
              "0 of 1 prompt file done, 1 failed in TIME.",
              "run RUN: finished in TIME, 0 done, 1 not done, exit code 1");
      assertThat(server.sent()).isEqualTo(2);
    }
  }

  private static final String REFUSAL =
      """
      {"error": {"type": "prompt_outputs_failed_validation",
                 "message": "Prompt outputs failed validation", "details": "", "extra_info": {}},
       "node_errors": {
         "4": {"errors": [{"type": "value_not_in_list", "message": "Value not in list",
                 "details": "model: 'low.gguf' not in ['high.gguf']",
                 "extra_info": {"input_name": "model", "input_config": [["high.gguf"], {}],
                                "received_value": "low.gguf"}}],
               "dependent_outputs": ["340"], "class_type": "WanVideoModelLoader"},
         "5": {"errors": [{"type": "required_input_missing", "message": "Required input is missing",
                 "details": "model_name", "extra_info": {"input_name": "model_name"}}],
               "dependent_outputs": ["340"], "class_type": "WanVideoVAELoader"}}}
      """;

  @Test
  void one_that_answers_with_a_truncated_video_is_asked_once_more_and_then_given_up()
      throws Exception {
    try (Simulator simulator = simulator("truncate-video@2x100")) {
      Told told = renderOn(simulator.url());
      String checking =
          "checking videos/walk/walk_job_002.mp4 of walk_KEY/job_002: the file is truncated: it"
              + " ends after ";
      assertThat(told.err().lines())
          .filteredOn(line -> line.contains(checking))
          .map(line -> line.replaceAll("\\d+ bytes, its index goes to \\d+", "SO MANY"))
          .map(line -> line.replaceAll("after [0-9.]+ s,", "after SOME s,"))
          .containsExactly(
              "walk_KEY/job_002: failed (BadOutput), is tried again: "
                  + checking
                  + "SO MANY — after SOME s, when its server has freed its models and caches; if it"
                  + " fails again: "
                  + REST,
              "walk_KEY/job_002: failed (BadOutput): " + checking + "SO MANY — " + REST,
              "walk_KEY: stopped, the other prompt files go on: " + checking + "SO MANY — " + REST);
      told.among(1, "failed   walk_KEY after 1 of 3 jobs");
      assertThat(output().resolve("videos/walk/walk_job_002.mp4")).doesNotExist();
    }
  }

  private static final String REST =
      "see whether the server's disk is full, what its log says, and what the workflow's"
          + " output nodes save";

  @Test
  void one_that_answers_with_a_truncated_video_once_does_no_harm() throws Exception {
    try (Simulator simulator = simulator("truncate-video@2")) {
      renderOn(simulator.url())
          .among(
              0,
              "walk_KEY/job_002: LOW started on http://HOST:PORT, attempt 2",
              "done     walk_KEY in TIME, 4 frames");
    }
  }

  private Simulator simulator(String faults) throws Exception {
    return Simulator.start(
        SimulatorSettings.under(dir.resolve("server"))
            .withFaults(Faults.parse(faults), SimulatorSettings.Crash.SERVER));
  }
}
