package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import dev.promptrunner.testing.RecordedJob;
import dev.promptrunner.testing.ScriptedComfy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@DisplayName("Each job recorded from a real ComfyUI, played again")
class RecordedJobsTest extends ComfyTest {

  /** Looks at the history only when the socket says so: every recorded event must arrive. */
  @Override
  ComfySettings settings() {
    Duration never = Duration.ofSeconds(30);
    return super.settings()
        .with(
            new ComfySettings.Polling(
                never,
                never,
                FAST.ended(),
                FAST.endedFor(),
                never,
                FAST.confirm(),
                FAST.deafAfter(),
                FAST.ping()));
  }

  private JobResult replay(String name) throws FailureException, InterruptedException {
    server.next(RecordedJob.read(name + ".jsonl").script(server));
    return run();
  }

  private Failure fails(String name) {
    return catchThrowableOfType(FailureException.class, () -> replay(name)).failure();
  }

  private Rejection refused(String name) throws Exception {
    JsonNode answer = RecordedJob.read(name + ".jsonl").submitted().path("response");
    server.onJson("POST /prompt", 400, answer.toString());
    return ((Submission.Refused) comfy.submit(graph(), newId(), List.of())).rejection();
  }

  private List<String> names(JobResult result) {
    return result.outputs().stream().map(OutputFile::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({"render_high_success", "render_high_with_reference"})
  void a_high_job_reports_progress_and_only_its_preview_files(String name) throws Exception {
    JobResult result = replay(name);

    assertThat(result.outputs()).allSatisfy(file -> assertThat(file.lasting()).isFalse());
    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Preview.class);
    assertThat(events).contains(new ServerEvent.ExecutionStart(Optional.of(result.promptId())));
    assertThat(events)
        .contains(new ServerEvent.Progress(Optional.of(result.promptId()), "54", 8, 8));
  }

  @Test
  void a_low_job_reports_its_video_and_its_last_frame() throws Exception {
    JobResult result = replay("render_low_success");

    assertThat(names(result))
        .containsExactly("t5/ref_00001_.png [output]", "t5/job_00001.mp4 [output]");
    assertThat(result.of("340"))
        .singleElement()
        .satisfies(
            video -> {
              assertThat(video.key()).isEqualTo("gifs");
              assertThat(video.video()).isTrue();
              assertThat(video.fullPath()).contains("/workspace/ComfyUI/output/t5/job_00001.mp4");
            });
    assertThat(result.cached()).contains("1", "348").doesNotContain("54");
    assertThat(result.took()).hasMillis(259);
  }

  @ParameterizedTest
  @CsvSource({
    "render_low_with_reference, 2",
    "combine_first_success, 1",
    "combine_next_success, 1",
    "resubmitted_identical, 2",
    "image_first, 1"
  })
  void a_job_ends_with_the_files_of_its_record(String name, int files) throws Exception {
    JobResult result = replay(name);

    assertThat(result.outputs()).filteredOn(OutputFile::lasting).hasSize(files);
    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Executed.class);
  }

  @Test
  void a_job_that_was_all_cached_says_so_and_names_the_old_file() throws Exception {
    JobResult result = replay("image_resubmitted_all_cached");

    assertThat(result.cached()).containsExactlyInAnyOrder("1", "2");
    assertThat(names(result)).containsExactly("cached/x_00001_.png [output]");
  }

  @Test
  void every_progress_message_reaches_the_listener_in_order() throws Exception {
    RecordedJob recorded = RecordedJob.read("combine_next_success.jsonl");
    server.next(recorded.script(server));
    run();

    List<Double> sent =
        recorded.events().stream()
            .map(event -> event.path("text"))
            .filter(text -> text.path("type").asString("").equals("progress"))
            .map(text -> text.path("data").path("value").asDouble())
            .toList();
    assertThat(events)
        .filteredOn(ServerEvent.Progress.class::isInstance)
        .extracting(event -> ((ServerEvent.Progress) event).value())
        .isEqualTo(sent);
  }

  @Test
  void out_of_memory_is_named_with_its_node_and_without_the_page_of_tips() {
    Failure failure = fails("execution_error_out_of_memory");

    assertThat(failure).isInstanceOf(Failure.OutOfMemory.class);
    assertThat(failure.found())
        .isEqualTo(
            "node 54 (WanVideoSampler) failed: torch.OutOfMemoryError: CUDA out of memory. Tried to"
                + " allocate 2.00 GiB");
  }

  @Test
  void a_latent_of_the_wrong_length_fails_with_its_message() {
    Failure failure = fails("execution_error_latent_mismatch");

    assertThat(failure).isInstanceOf(Failure.NodeFailed.class);
    assertThat(failure.remedy()).isEqualTo("look at ComfyUI's log for the traceback");
    assertThat(failure.found()).endsWith("ValueError: latent has 41 frames, 61 wanted");
  }

  @Test
  void a_start_past_the_end_of_the_video_is_never_tried_again() {
    Failure failure = fails("execution_error_past_the_end");

    assertThat(failure).isInstanceOf(Failure.Rejected.class);
    assertThat(failure.found()).contains("No frames generated", "(skip 500)");
  }

  @Test
  void an_interrupted_job_is_cancelled() {
    Failure failure = fails("interrupted");

    assertThat(failure).isInstanceOf(Failure.Cancelled.class);
    assertThat(failure.found()).isEqualTo("it was interrupted in node 54 (WanVideoSampler)");
    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Interrupted.class);
  }

  @Test
  void an_unknown_node_is_refused_with_the_pack_to_install() throws Exception {
    Rejection rejection = refused("rejected_unknown_node");

    assertThat(rejection.problems())
        .singleElement()
        .hasToString(
            "node 54 (WanVideoSamplerNotInstalled): Cannot execute because node"
                + " WanVideoSamplerNotInstalled does not exist.: install the custom node pack that"
                + " has class WanVideoSamplerNotInstalled and restart ComfyUI; if it is installed,"
                + " its import failed: see ComfyUI's log");
  }

  @Test
  void a_missing_model_is_refused_with_folder_choices_and_title() throws Exception {
    Rejection rejection = refused("rejected_missing_model");

    Rejection.NodeProblem problem = rejection.nodes().getFirst();
    assertThat(problem.title()).isEqualTo("High noise model");
    assertThat(problem.received()).isEqualTo("missing.gguf");
    assertThat(((Rejection.Allowed.Choices) problem.allowed()).values()).hasSize(3);
    assertThat(problem.problem())
        .hasToString(
            "node 4 (WanVideoModelLoader \"High noise model\"), input model: Value not in list,"
                + " found 'missing.gguf': put the file into ComfyUI's models/diffusion_models"
                + " folder, or choose one of Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf,"
                + " Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf,"
                + " Wan2.2_T2V_High_Noise_14B_VACE-Q8_0.gguf");
  }

  @Test
  void a_missing_video_is_refused_with_the_input_folder() throws Exception {
    assertThat(refused("rejected_missing_video").problems().getFirst().remedy())
        .isEqualTo("put the file into ComfyUI's input folder, or choose one of walk.mp4");
  }

  @Test
  void a_dangling_link_is_refused_at_the_node_that_has_it() throws Exception {
    assertThat(refused("rejected_dangling_link").problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo("node 54 (WanVideoSampler), input latent");
              assertThat(problem.what()).contains("'99'").doesNotContain("execution.py");
              assertThat(problem.remedy()).startsWith("correct the link");
            });
  }

  @Test
  void a_refused_job_opens_no_channel_and_is_not_followed() throws Exception {
    refused("rejected_unknown_node");
    server.on("POST /prompt", (request, socket) -> accepted(server, request, socket));

    assertThat(comfy.submit(graph(), newId(), List.of())).isInstanceOf(Submission.Queued.class);
  }

  private static boolean accepted(
      ScriptedComfy server, LoopbackServer.Request request, java.net.Socket socket)
      throws java.io.IOException {
    LoopbackServer.json(socket, 200, server.accept(request));
    return true;
  }
}
