package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.Fuzz;
import dev.promptrunner.testing.RecordedJob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every kind of answer and frame that a server sends, damaged. */
class ComfyFuzzTest {
  private static final Path OUT = Path.of("/c/out");
  private static final Folders FOLDERS =
      new Folders(Optional.of(Path.of("/c/in")), Optional.of(OUT), Optional.of(Path.of("/c/temp")));

  @Test
  void history_is_read_and_no_file_of_it_lies_outside_the_servers_folders() {
    List<byte[]> records =
        new ArrayList<>(
            jobs().map(job -> utf8(RecordedJob.read(job).record().toString())).toList());

    records.add(
        utf8(
            "{\"outputs\":{\"9\":{\"images\":[{\"filename\":\"\\ud800.png\",\"subfolder\":\"\\udc00\"}]}}}"));

    Fuzz.run("history", records, json(ComfyFuzzTest::history));
  }

  private static void history(JsonNode json) {
    HistoryRecord record = HistoryRecord.of("id", json);
    record.took();
    for (OutputFile file : record.outputs()) {
      assertThat(file.toString()).isNotNull();
      FOLDERS
          .locate(file)
          .ifPresent(path -> assertThat(path.normalize().startsWith("/c")).isTrue());
      file.silentTwin().ifPresent(twin -> FOLDERS.locate(twin));
    }
    if (record.outcome() instanceof HistoryRecord.Outcome.Failed(NodeFailure failure)) {
      assertThat(JobFailures.of("x", failure).sentence()).isNotBlank();
    }
  }

  @Test
  void a_queue_is_read() {
    List<byte[]> queues =
        List.of(
            utf8(
                "{\"queue_running\":[[0,\"a\",{\"1\":{}},{\"client_id\":\"c\"},[\"9\"]]],"
                    + "\"queue_pending\":[[2.5,\"b\",{},{},[]],[1,\"c\",{},{},[\"9\",14]]]}"));
    Fuzz.run(
        "queue",
        queues,
        json(
            answer -> {
              QueueState queue = QueueState.of(answer);
              queue.isRunning("a");
              queue.waitingBefore("b");
            }));
  }

  @Test
  void a_refusal_is_read_and_explained() {
    List<byte[]> refusals =
        Stream.of(
                "rejected_dangling_link", "rejected_missing_model",
                "rejected_missing_video", "rejected_unknown_node")
            .map(
                job ->
                    utf8(RecordedJob.read(job + ".jsonl").submitted().path("response").toString()))
            .toList();
    RejectionReader reader =
        new RejectionReader(ComfyTest.graph(), (_, _) -> new Rejection.Allowed.Unsaid());
    Fuzz.run("rejection", refusals, json(answer -> reader.read(answer).toString()));
  }

  @Test
  void what_a_server_says_of_itself_is_read() {
    byte[] stats =
        utf8(
            "{\"system\":{\"comfyui_version\":\"0.3.64\",\"argv\":[\"main.py\",\"--output-directory\","
                + "\"/o\",\"--base-directory=../b\"],\"ram_total\":1,\"ram_free\":2},"
                + "\"devices\":[{\"name\":\"g\",\"type\":\"cuda\",\"vram_total\":9,\"vram_free\":NaN}]}");
    Fuzz.run(
        "stats",
        List.of(stats),
        json(
            answer ->
                Folders.of(
                    ServerStats.of(answer).argv(), Optional.of(Path.of("/home/c/ComfyUI")))));
  }

  @Test
  void text_frames_become_events() {
    List<byte[]> frames =
        jobs()
            .flatMap(job -> RecordedJob.read(job).events().stream())
            .filter(event -> event.has("text"))
            .map(event -> utf8(event.path("text").toString()))
            .distinct()
            .toList();
    Fuzz.run(
        "event-text",
        frames,
        input ->
            assertThat(EventReader.text(new String(input, StandardCharsets.UTF_8))).isNotNull());
  }

  @Test
  void binary_frames_become_events() {
    byte[] about = utf8("{\"node_id\":\"54\",\"prompt_id\":\"p\",\"image_type\":\"image/png\"}");
    List<byte[]> frames =
        List.of(
            frame(1, 2, new byte[40]),
            frame(3, 2, utf8("54hello")),
            frame(4, about.length, about),
            frame(4, Integer.MAX_VALUE, about),
            frame(3, Integer.MIN_VALUE, about),
            new byte[0]);
    Fuzz.run(
        "event-binary",
        frames,
        input -> assertThat(EventReader.binary(ByteBuffer.wrap(input))).isNotNull());
  }

  @Test
  void a_range_is_read() {
    Fuzz.run(
        "content-range",
        List.of(utf8("bytes 0-99/100"), utf8("bytes */5"), utf8("bytes 1-2/*")),
        input -> ContentRange.of(new String(input, StandardCharsets.UTF_8)));
  }

  /** As an answer is read: what is no JSON never comes to the parsers. */
  private static Fuzz.Parser json(Consumer<JsonNode> parser) {
    return input -> new Answer(200, "application/json", "", input).json().ifPresent(parser);
  }

  private static Stream<String> jobs() {
    return Stream.of(
        "combine_next_success.jsonl",
        "execution_error_out_of_memory.jsonl",
        "image_first.jsonl",
        "interrupted.jsonl",
        "render_low_with_reference.jsonl",
        "resubmitted_identical.jsonl");
  }

  private static byte[] frame(int type, int second, byte[] rest) {
    return ByteBuffer.allocate(8 + rest.length).putInt(type).putInt(second).put(rest).array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
