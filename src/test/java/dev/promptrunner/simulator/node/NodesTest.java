package dev.promptrunner.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** The nodes one by one, where the whole chain does not show them. */
class NodesTest {
  private static final FrameSize SIZE = new FrameSize(4, 2);

  @TempDir Path root;

  private NodeContext context() {
    Folders folders = new Folders(root.resolve("in"), root.resolve("out"), root.resolve("temp"));
    return new NodeContext() {
      @Override
      public Folders folders() {
        return folders;
      }

      @Override
      public void step() {
        // no time passes
      }

      @Override
      public void progress(int value, int max, Optional<byte[]> preview) {
        // nobody looks
      }

      @Override
      public void load(String model) {
        // nothing to load
      }

      @Override
      public void saved(Path video) {
        // nothing to spoil
      }
    };
  }

  private NodeResult run(String type, Map<String, Object> inputs) throws Exception {
    return Nodes.find(type).orElseThrow().run(new Inputs(inputs), context());
  }

  /** Frames whose first byte is their number. */
  private static Frames numbered(int count) {
    List<Frames> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(StillFrames.of(SIZE, i, i, i, 1));
    }
    return new FrameChain(parts);
  }

  private static List<Integer> numbers(Object frames) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    try (FrameCursor cursor = ((Frames) frames).open()) {
      for (Optional<Picture> p = cursor.next(); p.isPresent(); p = cursor.next()) {
        numbers.add(p.get().rgb()[0] & 255);
      }
    }
    assertThat(numbers).hasSize(((Frames) frames).count());
    return numbers;
  }

  @Test
  void interpolation_shows_every_frame_as_often_as_asked() throws Exception {
    Map<String, Object> inputs = Map.of("frames", numbered(3), "multiplier", IntNode.valueOf(2));
    assertThat(numbers(run("RIFE VFI", inputs).values().getFirst()))
        .containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void a_batch_is_joined_in_the_order_and_size_of_its_first() throws Exception {
    Frames large = StillFrames.of(new FrameSize(8, 4), 7, 7, 7, 2);
    Map<String, Object> inputs = Map.of("image_1", numbered(2), "image_2", large);
    Frames joined = (Frames) run("ImageBatchMultiple+", inputs).values().getFirst();
    assertThat(joined.size()).isEqualTo(SIZE);
    assertThat(numbers(joined)).containsExactly(0, 1, 7, 7);
  }

  @Test
  void the_first_and_the_last_frame_are_selected() throws Exception {
    NodeResult selected = run("CRTFirstLastFrameSelector", Map.of("images", numbered(5)));
    assertThat(numbers(selected.values().get(0))).containsExactly(0);
    assertThat(numbers(selected.values().get(1))).containsExactly(4);
  }

  @ParameterizedTest
  @CsvSource({"0,2,'0,1'", "3,9,'3,4'", "-1,1,'4'"})
  void a_range_of_a_latent_is_taken(int start, int count, String expected) throws Exception {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("latents", new Latent(numbered(5)));
    inputs.put("start_index", IntNode.valueOf(start));
    inputs.put("num_frames", IntNode.valueOf(count));
    Latent range = (Latent) run("GetLatentRangeFromBatch", inputs).values().getFirst();
    assertThat(numbers(range.samples()).toString().replace(" ", ""))
        .isEqualTo("[" + expected + "]");
  }

  @Test
  void a_latent_is_read_as_it_was_written_and_says_where_it_comes_from() throws Exception {
    Path file = root.resolve("a.latent");
    LatentFile.write(file, numbered(6), () -> {});
    LatentFile latent = LatentFile.read(file);
    assertThat(numbers(latent)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(numbers(new FrameSlice(latent, 4, 2))).containsExactly(4, 5);
    assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("Prompt Runner simulator");
  }

  @Test
  void a_cut_latent_is_an_error_that_names_it() throws Exception {
    Path file = root.resolve("cut.latent");
    LatentFile.write(file, numbered(6), () -> {});
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> LatentFile.read(file))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("cut.latent")
        .hasMessageContaining("too few for 6 frames");
    Files.write(file, new byte[] {1, 2});
    assertThatThrownBy(() -> LatentFile.read(file)).hasMessageContaining("no header");
  }

  @Test
  void a_folder_without_a_latent_is_an_error_that_names_it() {
    Map<String, Object> inputs = Map.of("folder_path", StringNode.valueOf("none"));
    assertThatThrownBy(() -> run("LoadLastLatent", inputs))
        .isInstanceOf(NodeException.class)
        .hasMessage("no .latent in " + root.resolve("out/none"));
  }

  @ParameterizedTest
  @CsvSource({"16,16,1", "30,30,1", "29.97,30000,1001", "23.976,24000,1001", "12.5,12500,1000"})
  void frame_rates_are_exact(double rate, int numerator, int denominator) {
    assertThat(VideoFile.rate(rate)).isEqualTo(new FrameRate(numerator, denominator));
  }

  @Test
  void counters_go_on_from_the_highest_whatever_the_ending() throws Exception {
    Path out = Files.createDirectories(root.resolve("out/job"));
    Files.createFile(out.resolve("x_00003.mp4"));
    Files.createFile(out.resolve("x_00007_.png"));
    Files.createFile(out.resolve("xy_00009_.png"));
    SavePath place = SavePath.of("job/x", root.resolve("out"), SIZE);
    assertThat(place.counter()).isEqualTo(8);
    assertThat(place.subfolder()).isEqualTo("job");
    assertThat(place.numbered(8)).isEqualTo("x_00008");
  }

  @Test
  void nothing_is_saved_outside_the_output_folder() throws IOException {
    Files.createDirectories(root.resolve("out"));
    assertThatThrownBy(() -> SavePath.of("../x", root.resolve("out"), SIZE))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("outside the output folder");
  }

  @Test
  void dividing_by_zero_is_the_error_it_is_in_python() {
    Map<String, Object> inputs = Map.of("divisor", IntNode.valueOf(0), "int", IntNode.valueOf(8));
    assertThatThrownBy(() -> run("Divide [DVB]", inputs))
        .isInstanceOf(NodeException.class)
        .hasMessage("division by zero");
  }

  @Test
  void the_low_expert_alone_needs_a_latent() {
    assertThat(new Model("Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf").isLow()).isTrue();
    assertThat(new Model("Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf").isLow()).isFalse();
    assertThat(new Model("Wan2.2_T2V_High_Noise_14B_VACE-Q8_0.gguf").isLow()).isFalse();
  }
}
