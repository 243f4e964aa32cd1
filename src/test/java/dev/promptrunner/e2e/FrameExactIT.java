package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.simulator.Counters;
import dev.promptrunner.simulator.Journal;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The promise of the whole program: 500 frames asked are 500 frames delivered, each source frame
 * once and in order (twice where the combine workflow doubles the rate), whatever the way they are
 * joined. Every frame of the control video has its number painted in; the final video's frames are
 * read back.
 */
@Timeout(120)
class FrameExactIT {
  private static final int FRAMES = 500;
  private static final String HIGH_MODEL = "Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf";
  private static final String LOW_MODEL = "Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf";

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void paintControlVideos() throws Exception {
    new Studio(shared).prompt("long", FRAMES, 510).prompt("short", FRAMES, FRAMES);
  }

  @ParameterizedTest(name = "combine {0}, overlap {1}")
  @CsvSource({"workflow,0", "workflow,10", "append,0", "append,10", "copy,0", "copy,10"})
  void every_source_frame_comes_out_in_order(String combine, int overlap) throws Exception {
    Scene scene = new Scene("long", combine, overlap);
    assertThat(scene.starts()).isEqualTo(starts(overlap));
    assertThat(scene.lengths()).isEqualTo(lengths(overlap));
    scene.assertEdits();
  }

  /** The last window would ask for frame 500 of 500: it slides back by one, which is trimmed. */
  @Test
  void a_control_video_without_a_frame_to_spare_slides_the_last_window() throws Exception {
    Scene scene = new Scene("short", "workflow", 0);
    assertThat(scene.starts()).containsExactly(0, 100, 200, 300, 399);
    List<JsonNode> combines = scene.sent("combined");
    assertThat(combines)
        .extracting(graph -> input(graph, "25", "skip_first_frames").asInt())
        .containsExactly(0, 0, 0, 0, 1);
    assertThat(combines)
        .extracting(graph -> input(graph, "25", "frame_load_cap").asInt())
        .containsOnly(100);
  }

  private static List<Integer> starts(int overlap) {
    return List.of(0, 100 - overlap, 200 - overlap, 300 - overlap, 400 - overlap);
  }

  /** Wan renders 4n+1 frames: 101 for 100, 113 for 110. */
  private static List<Integer> lengths(int overlap) {
    int later = overlap == 0 ? 101 : 113;
    return List.of(101, later, later, later, later);
  }

  private static JsonNode input(JsonNode graph, String node, String name) {
    return graph.path(node).path("inputs").path(name);
  }

  /** One whole run with what it sent, checked for what holds in every case. */
  private final class Scene {
    private final TreeMap<String, JsonNode> graphs = new TreeMap<>();

    Scene(String name, String combine, int overlap) throws Exception {
      int times = combine.equals("copy") ? 1 : 2;
      Path journal = folder.resolve("journal");
      SimulatorSettings bench = SimulatorSettings.under(folder.resolve("server"));
      try (Simulator server = Simulator.start(bench.withJournal(journal));
          Tap tap = Tap.before(server.port())) {
        Studio studio = new Studio(folder).set("comfyui.url", tap.url());
        studio.set("combine", combine).set("overlap", overlap).set("frames-per-chunk", 100);
        for (String ending : List.of(".txt", ".mp4")) {
          Files.createLink(
              studio.prompts().resolve(name + ending),
              shared.resolve("prompts").resolve(name + ending));
        }
        Studio.Run run = studio.run();
        assertThat(run.exit()).isZero();
        assertThat(Studio.numbers(studio.finalVideo(name)))
            .isEqualTo(Studio.counted(FRAMES, times));
        assertCounts(server.counters(), run, times == 2);
        tap.prompts().forEach(this::keep);
      }
      assertThat(Journal.read(journal).stream().filter(line -> line.event().equals("success")))
          .hasSize(times == 2 ? 15 : 10);
    }

    private static void assertCounts(Counters counters, Studio.Run run, boolean onServer) {
      assertThat(counters.started()).isEqualTo(onServer ? 15 : 10);
      assertThat(counters.succeeded()).isEqualTo(counters.started());
      assertThat(counters.rejected() + counters.failed() + counters.interrupted()).isZero();
      List<RunEvent.JobDone> done = run.of(RunEvent.JobDone.class);
      assertThat(done).filteredOn(job -> job.kind().equals("HIGH")).hasSize(5);
      assertThat(done).filteredOn(job -> job.kind().equals("LOW")).hasSize(5);
      assertThat(done)
          .filteredOn(job -> job.kind().equals("COMBINE") || job.kind().equals("JOIN"))
          .hasSize(5);
    }

    /** By the name of what the job makes, such as {@code long_job_001}. */
    private void keep(JsonNode body) {
      JsonNode graph = body.path("prompt");
      String label =
          graph.has("365")
              ? input(graph, "365", "filename").asString()
              : input(graph, graph.has("340") ? "340" : "14", "filename_prefix").asString();
      graphs.put(label.substring(label.lastIndexOf('/') + 1), graph);
    }

    /** The workflows that made files of this kind, in order. */
    List<JsonNode> sent(String kind) {
      return graphs.entrySet().stream()
          .filter(entry -> entry.getKey().contains("_" + kind + "_"))
          .map(java.util.Map.Entry::getValue)
          .toList();
    }

    private List<JsonNode> renders(boolean high) {
      return graphs.entrySet().stream()
          .filter(entry -> entry.getKey().matches(".*_job_\\d+"))
          .filter(entry -> entry.getValue().has("365") == high)
          .map(java.util.Map.Entry::getValue)
          .toList();
    }

    List<Integer> starts() {
      return both("348");
    }

    List<Integer> lengths() {
      return both("19");
    }

    /** The constant of every pair, which its HIGH and its LOW must agree about. */
    private List<Integer> both(String node) {
      List<Integer> high = values(renders(true), node);
      assertThat(values(renders(false), node)).isEqualTo(high);
      return high;
    }

    private static List<Integer> values(List<JsonNode> graphs, String node) {
      return graphs.stream().map(graph -> input(graph, node, "value").asInt()).toList();
    }

    /** What is set and taken away for HIGH, LOW, the first pair and the later ones. */
    void assertEdits() {
      assertThat(renders(true)).hasSize(5).allSatisfy(Scene::assertHigh);
      assertThat(renders(false)).hasSize(5).allSatisfy(Scene::assertLow);
      for (boolean high : new boolean[] {true, false}) {
        List<JsonNode> pairs = renders(high);
        assertThat(pairs.getFirst().path("144").path("inputs").has("ref_images")).isFalse();
        assertThat(pairs.getFirst().has("358")).isFalse();
        assertThat(pairs.subList(1, 5))
            .allSatisfy(
                graph -> {
                  assertThat(input(graph, "144", "ref_images").path(0).asString()).isEqualTo("358");
                  assertThat(input(graph, "358", "image_path").asString()).endsWith("_ref.png");
                });
      }
    }

    private static void assertHigh(JsonNode graph) {
      assertThat(input(graph, "4", "model").asString()).isEqualTo(HIGH_MODEL);
      assertThat(input(graph, "309:298", "lora").asString())
          .isEqualTo("wan2.2_high_t2v.safetensors");
      assertThat(graph.path("54").path("inputs").has("samples")).isFalse();
      assertThat(input(graph, "365", "latent").path(0).asString()).isEqualTo("54");
      // Only what saves the latent, and what that needs.
      assertThat(graph.propertyNames()).doesNotContain("338", "340", "341", "344", "359", "363");
    }

    private static void assertLow(JsonNode graph) {
      assertThat(input(graph, "4", "model").asString()).isEqualTo(LOW_MODEL);
      assertThat(input(graph, "309:298", "lora").asString())
          .isEqualTo("wan2.2_low_t2v.safetensors");
      assertThat(input(graph, "54", "samples").path(0).asString()).isEqualTo("338");
      assertThat(input(graph, "341", "samples").path(0).asString()).isEqualTo("54");
      assertThat(graph.propertyNames()).contains("340", "341", "343", "344", "338");
      assertThat(graph.propertyNames()).doesNotContain("365", "364", "362", "363", "359");
    }
  }
}
