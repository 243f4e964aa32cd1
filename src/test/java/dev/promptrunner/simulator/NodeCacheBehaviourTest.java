package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.TestPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What runs again, and what does not. */
@Timeout(60)
class NodeCacheBehaviourTest {
  @TempDir Path root;
  private Simulator simulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorSettings.under(root).withTimes(Duration.ZERO, Duration.ofMillis(1)));
    client = TestClient.of(simulator);
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(64, 48), FrameRate.of(16), 20);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private static WanGraphs.Pair pair(String folder) {
    return new WanGraphs.Pair("walk.mp4", 64, 48, 0, 9, folder, "");
  }

  private static List<String> cached(JsonNode record) {
    JsonNode nodes = record.path("status").path("messages").path(1).path(1).path("nodes");
    return nodes.valueStream().map(JsonNode::asString).toList();
  }

  private static String image(JsonNode record) {
    return record.path("outputs").path("2").path("images").path(0).path("filename").asString("");
  }

  @Test
  void an_identical_prompt_repeats_the_old_output_and_writes_nothing() throws Exception {
    assertThat(image(client.run(WanGraphs.image("a/x")))).isEqualTo("x_00001_.png");
    JsonNode again = client.run(WanGraphs.image("a/x"));
    assertThat(cached(again)).containsExactly("1", "2");
    assertThat(image(again)).isEqualTo("x_00001_.png");
    assertThat(root.resolve("output/a").toFile().list()).hasSize(1);
  }

  @Test
  void another_prefix_saves_again_from_the_cached_image() throws Exception {
    client.run(WanGraphs.image("a/x"));
    JsonNode again = client.run(WanGraphs.image("a/y"));
    assertThat(cached(again)).containsExactly("1");
    assertThat(image(again)).isEqualTo("y_00001_.png");
  }

  @Test
  void what_the_latest_prompt_does_not_use_is_forgotten() throws Exception {
    client.run(WanGraphs.image("a/x"));
    client.run(WanGraphs.high(pair("h")));
    assertThat(cached(client.run(WanGraphs.image("a/x")))).isEmpty();
    assertThat(root.resolve("output/a/x_00002_.png")).exists();
  }

  @Test
  void freeing_the_memory_empties_the_cache() throws Exception {
    client.run(WanGraphs.image("a/x"));
    assertThat(client.post("/free", "{\"free_memory\": true}").statusCode()).isEqualTo(200);
    assertThat(cached(client.run(WanGraphs.image("a/x")))).isEmpty();
  }

  @Test
  void a_replaced_control_video_is_loaded_again() throws Exception {
    client.run(WanGraphs.high(pair("h")));
    assertThat(cached(client.run(WanGraphs.high(pair("i"))))).contains("149", "302", "144", "54");
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(64, 48), FrameRate.of(16), 30);
    assertThat(cached(client.run(WanGraphs.high(pair("j")))))
        .doesNotContain("149", "302", "144", "54")
        .contains("53", "4");
  }

  @Test
  void ids_do_not_matter_but_classes_and_inputs_do() throws Exception {
    client.run(WanGraphs.image("a/x"));
    ObjectNode renamed = Json.object();
    renamed.set("7", WanGraphs.image("a/x").path("1"));
    assertThat(cached(client.run(renamed.setAll(save("7", "a/x"))))).containsExactly("7", "9");
  }

  private static ObjectNode save(String source, String prefix) {
    ObjectNode save = Json.object();
    ObjectNode inputs = save.putObject("9").put("class_type", "SaveImage").putObject("inputs");
    inputs.putArray("images").add(source).add(0);
    inputs.put("filename_prefix", prefix);
    return save;
  }

  @Test
  void a_swap_is_counted_when_the_expert_changes() throws Exception {
    client.run(WanGraphs.high(pair("a")));
    client.run(WanGraphs.high(pair("b").from(4, 9, "b")));
    assertThat(simulator.counters().swaps()).isEqualTo(1);
    client.run(WanGraphs.low(pair("a")));
    client.run(WanGraphs.high(pair("c")));
    assertThat(simulator.counters().swaps()).isEqualTo(3);
  }

  @Test
  void counts_renders_by_prompt_and_by_output() throws Exception {
    client.run(WanGraphs.image("a/x"));
    client.run(WanGraphs.image("a/x"));
    assertThat(simulator.counters().succeededByOutput()).containsEntry("a/x", 2);
    assertThat(simulator.counters().startedByPrompt().values()).containsExactly(1, 1);
  }
}
