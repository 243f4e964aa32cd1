package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManifestTest {
  @TempDir Path folder;
  private Manifest manifest;

  @BeforeEach
  void finish_a_video() {
    manifest = Samples.manifest(Samples.video(folder, "final.mp4", 1000, 1));
  }

  private static String text(Manifest manifest) {
    return new String(manifest.json(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(Manifest manifest) {
    return JsonMapper.shared().readTree(manifest.json());
  }

  @Test
  void tells_all_of_a_job() {
    JsonNode job = json(manifest).path("jobs").path(0);

    assertThat(job.path("id").asString()).isEqualTo("walk_" + Samples.KEY.key8() + "/job_001");
    assertThat(job.path("kind").asString()).isEqualTo("HIGH");
    assertThat(job.path("promptId").asString()).startsWith("0c5f1c1e");
    assertThat(job.path("start").asString()).isEqualTo("2026-11-21T09:01:00Z");
    assertThat(job.path("end").asString()).isEqualTo("2026-11-21T09:01:30.250Z");
    assertThat(text(manifest)).contains("\"took\" : 30.250");
    assertThat(job.path("attempts").asInt()).isEqualTo(1);
    assertThat(job.path("outputs").path(0).path("sha256").asString()).hasSize(64);
    assertThat(job.path("outputs").path(0).path("bytes").asInt()).isEqualTo(10);
  }

  @Test
  void keeps_a_seed_of_64_unsigned_bits_exact() {
    assertThat(text(manifest)).contains("\"seed\" : 18446744073709551615");
  }

  @Test
  void tells_the_source_and_the_video() {
    JsonNode json = json(manifest);

    assertThat(json.path("prompt").path("parts").path(0).asString()).isEqualTo("a man walks");
    assertThat(json.path("prompt").path("file").asString()).isEqualTo("walk.txt");
    assertThat(json.path("controlVideo").path("name").asString()).isEqualTo("walk.mp4");
    assertThat(json.path("recipe").path("name").asString()).isEqualTo("wan22-vace.yaml");
    assertThat(json.path("finalVideo").path("frames").asInt()).isEqualTo(500);
    assertThat(json.path("finalVideo").path("rate").asString()).isEqualTo("16");
    assertThat(json.path("finalVideo").path("size").asString()).isEqualTo("832x480");
    assertThat(json.path("versions").path("comfyui").asString()).isEqualTo("0.3.64");
    assertThat(json.path("key").asString()).isEqualTo(Samples.KEY.digest().hex());
  }

  @Test
  void tells_what_it_cost() {
    assertThat(text(manifest))
        .contains(
            """
              "spent" : {
                "gpuSeconds" : {
                  "HIGH" : 30.250,
                  "LOW" : 90.500
                },
                "gpuSecondsPerVideoSecond" : 3.864,
                "dollarsPerGpuHour" : 0.6900,
                "dollars" : 0.0231
              },
            """);
  }

  @Test
  void tells_no_cost_without_a_price() {
    Manifest.Spent spent =
        Manifest.Spent.of(Map.of("HIGH", Duration.ofSeconds(20)), manifest.video(), 0);

    assertThat(spent.gpuSecondsPerVideoSecond()).isEqualByComparingTo("0.64");
    assertThat(spent.dollarsPerGpuHour()).isEmpty();
    assertThat(spent.dollars()).isEmpty();
  }

  @Test
  void says_plainly_that_the_simulator_rendered() {
    Path video = Samples.video(folder, "simulated.mp4", 10, 1);
    JsonNode json = json(Samples.manifest(video, Engine.SIMULATOR));

    assertThat(json.path("engine").asString()).isEqualTo("simulator");
    assertThat(json.path("engineNote").asString()).contains("not the work of a model");
    assertThat(text(manifest)).startsWith("{\n  \"format\" : 1,\n  \"engine\" : \"comfyui\",");
  }

  @Test
  void sorts_jobs_files_and_settings_and_ends_with_a_line_feed() {
    JsonNode json = json(manifest);

    assertThat(List.copyOf(json.path("settings").propertyNames())).isSorted();
    assertThat(json.path("jobs").valueStream().map(job -> job.path("id").asString())).isSorted();
    assertThat(json.path("jobs").path(0).path("inputs").path(0).path("name").asString())
        .isEqualTo("a");
    assertThat(text(manifest)).endsWith("}\n").doesNotContain("\r");
  }

  @Test
  void leaves_out_what_there_is_not() {
    assertThat(json(manifest).has("referenceImage")).isFalse();
    assertThat(text(manifest)).doesNotContain("null");
  }

  @Test
  void has_no_absolute_path_of_any_machine() {
    assertThat(json(manifest).path("settings").path("lora").asString())
        .isEqualTo("fast.safetensors");
    assertThat(Portable.path("C:\\models\\a.bin")).isEqualTo("a.bin");
    assertThat(Portable.path("\\\\host\\share\\")).isEqualTo("share");
    assertThat(Portable.path("file:///x/y")).isEqualTo("y");
    assertThat(Portable.path("wan/high.safetensors")).isEqualTo("wan/high.safetensors");
    assertThat(text(manifest)).doesNotContain("/models").doesNotContain(folder.toString());
  }

  @Test
  void is_the_same_for_the_same_data_in_another_order() {
    Manifest other =
        new Manifest(
            manifest.work(),
            manifest.key(),
            manifest.engine(),
            manifest.prompt(),
            manifest.controlVideo(),
            manifest.referenceImage(),
            manifest.recipe(),
            Map.copyOf(manifest.settings()),
            List.copyOf(manifest.jobs().reversed()),
            manifest.video(),
            manifest.spent(),
            manifest.versions());

    assertThat(other.json()).isEqualTo(manifest.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", ".hidden", "a/b", "a\\b", "a\nb"})
  void refuses_a_name_that_cannot_name_a_file(String name) {
    assertThatThrownBy(() -> Portable.fileName(name))
        .hasMessageContaining("not a work's name")
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void knows_the_words_of_the_engines() {
    assertThat(Engine.of("simulator")).isEqualTo(Engine.SIMULATOR);
    assertThatThrownBy(() -> Engine.of("gpu"))
        .hasMessage("not an engine (comfyui or simulator): 'gpu'");
  }
}
