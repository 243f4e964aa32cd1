package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Png;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.VideoProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Numbers painted into the control video come out of every later step. */
class RenderChainTest {
  @TempDir Path root;
  private Simulator simulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorSettings.under(root));
    client = TestClient.of(simulator);
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(192, 112), FrameRate.of(16), 60);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void a_number_in_each_source_frame_is_read_back_from_the_combined_video() throws Exception {
    WanGraphs.Pair pair = WanGraphs.Pair.recorded("one").from(5, 41, "one");
    Path segment = render(pair);
    assertThat(numbers(segment)).isEqualTo(IntStream.range(5, 46).boxed().toList());

    Path first = video(client.run(WanGraphs.combine(segment, "", "done", 1.0)), "14");
    List<Integer> twice = IntStream.range(10, 92).map(i -> i / 2).boxed().toList();
    assertThat(numbers(first)).isEqualTo(twice);

    Path other = render(pair.from(46, 13, "two"));
    Path second = video(client.run(WanGraphs.combine(other, first.toString(), "done", 1.0)), "14");
    assertThat(numbers(second))
        .isEqualTo(IntStream.range(10, 118).map(i -> i / 2).boxed().toList());
    assertThat(second).hasFileName("combined_00002.mp4");
    assertThat(VideoProbe.metadata(second)).containsEntry("comment", "Prompt Runner simulator");
  }

  @Test
  void wan_renders_4n_plus_1_frames_and_drops_the_rest() throws Exception {
    assertThat(numbers(render(WanGraphs.Pair.recorded("short").from(0, 20, "short")))).hasSize(17);
  }

  @Test
  void a_control_video_that_is_too_short_is_padded_with_grey() throws Exception {
    Path segment = render(WanGraphs.Pair.recorded("late").from(50, 21, "late"));
    List<Picture> pictures = pictures(segment);
    assertThat(pictures).hasSize(21);
    assertThat(TestPattern.readNumber(pictures.get(9))).hasValue(59);
    assertThat(pictures.get(10).rgb()[0] & 255).isBetween(124, 132);
    assertThat(pictures.get(20).rgb()[999] & 255).isBetween(124, 132);
  }

  @Test
  void the_last_frame_is_saved_as_png_and_conditions_the_next_pair() throws Exception {
    render(WanGraphs.Pair.recorded("a").from(0, 9, "a"));
    Path reference = root.resolve("output/a/ref_00001_.png");
    assertThat(TestPattern.readNumber(Png.read(reference))).hasValue(8);
    assertThat(numbers(render(WanGraphs.Pair.recorded("b").from(9, 9, "b").with(reference))))
        .containsExactly(9, 10, 11, 12, 13, 14, 15, 16, 17);
  }

  @Test
  void the_newest_latent_of_a_folder_is_taken() throws Exception {
    WanGraphs.Pair pair = WanGraphs.Pair.recorded("same").from(0, 9, "same");
    client.run(WanGraphs.high(pair.from(20, 9, "same")));
    client.run(WanGraphs.high(pair));
    Files.setLastModifiedTime(
        root.resolve("output/latents/same/job_00001.latent"),
        java.nio.file.attribute.FileTime.fromMillis(1_000));
    Path segment = video(client.run(WanGraphs.low(pair)), "340");
    assertThat(numbers(segment).getFirst()).isZero();
  }

  private Path render(WanGraphs.Pair pair) throws Exception {
    JsonNode high = client.run(WanGraphs.high(pair));
    assertThat(high.path("status").path("status_str").asString()).isEqualTo("success");
    return video(client.run(WanGraphs.low(pair)), "340");
  }

  private static Path video(JsonNode record, String node) {
    assertThat(record.path("status").path("status_str").asString())
        .as("%s", record.path("status"))
        .isEqualTo("success");
    return Path.of(
        record.path("outputs").path(node).path("gifs").path(0).path("fullpath").asString());
  }

  static List<Integer> numbers(Path video) throws Exception {
    return pictures(video).stream().map(p -> TestPattern.readNumber(p).orElse(-1)).toList();
  }

  static List<Picture> pictures(Path video) throws Exception {
    List<Picture> pictures = new ArrayList<>();
    try (FrameReader reader = FrameReader.open(video)) {
      for (Optional<Picture> p = reader.next(); p.isPresent(); p = reader.next()) {
        pictures.add(p.get());
      }
    }
    return pictures;
  }
}
