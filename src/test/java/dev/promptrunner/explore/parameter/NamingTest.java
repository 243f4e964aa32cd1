package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NamingTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static Map<String, String> names(ObjectNode graph) {
    Map<String, String> names = new LinkedHashMap<>();
    Workflow workflow = Workflow.read("w.json", graph.toString()).orThrow();
    Parameters.of(workflow, Optional.empty())
        .all()
        .forEach(parameter -> names.put(parameter.path(), parameter.name()));
    return names;
  }

  private static String name(String json, String path) {
    Map<String, String> names = names((ObjectNode) JSON.readTree(json.replace('\'', '"')));
    return Optional.ofNullable(names.get(path)).orElseThrow();
  }

  @Test
  void names_are_unique_snake_case_and_never_begin_with_a_digit() {
    for (String example : ExampleWorkflows.names()) {
      assertThat(names(ExampleWorkflows.workflow(example).json()).values())
          .as(example)
          .doesNotHaveDuplicates()
          .allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
    }
  }

  @Test
  void names_do_not_depend_on_the_order_of_the_file() {
    Random random = new Random(1);
    for (String example : ExampleWorkflows.names()) {
      ObjectNode graph = ExampleWorkflows.workflow(example).json();
      List<String> ids = new ArrayList<>(graph.propertyNames());
      Collections.shuffle(ids, random);
      ObjectNode shuffled = JSON.createObjectNode();
      ids.forEach(id -> shuffled.set(id, graph.get(id)));
      assertThat(names(shuffled)).as(example).containsAllEntriesOf(names(graph));
    }
  }

  /** Every node of every example is added to every example, with its links left out. */
  @Test
  void a_node_that_is_added_renames_no_parameter_that_was_there() {
    List<JsonNode> strangers = new ArrayList<>();
    for (String example : ExampleWorkflows.names()) {
      strangers.addAll(ExampleWorkflows.workflow(example).json().values());
    }
    Random random = new Random(2);
    for (String example : ExampleWorkflows.names()) {
      ObjectNode graph = ExampleWorkflows.workflow(example).json();
      Map<String, String> before = names(graph);
      for (int i = 0; i < 15; i++) {
        ObjectNode more = graph.deepCopy();
        JsonNode stranger = strangers.get(random.nextInt(strangers.size())).deepCopy();
        ((ObjectNode) stranger.path("inputs")).removeIf(JsonNode::isArray);
        more.set("99999", stranger);
        assertThat(names(more)).as(example + " + " + stranger).containsAllEntriesOf(before);
      }
    }
  }

  @Test
  void two_of_a_kind_are_told_apart_by_what_they_belong_to_else_by_number() {
    String json =
        "{'1':{'class_type':'KSampler','inputs':{'cfg':1}},"
            + "'2':{'class_type':'KSampler','inputs':{'cfg':1},'_meta':{'title':'LOW noise'}},"
            + "'10':{'class_type':'KSampler','inputs':{'cfg':1}}}";
    assertThat(name(json, "nodes.1.inputs.cfg")).isEqualTo("sampler_cfg");
    assertThat(name(json, "nodes.2.inputs.cfg")).isEqualTo("sampler_low_cfg");
    assertThat(name(json, "nodes.10.inputs.cfg")).isEqualTo("sampler_2_cfg");
  }

  @Test
  void a_model_that_is_called_both_high_and_low_is_neither() {
    assertThat(name(loader("Wan2.2_HIGH_Low_Noise_14B.gguf", "Loader"), "nodes.1.inputs.unet_name"))
        .isEqualTo("model_name");
    assertThat(name(loader("wan.gguf", "Expert (HIGH or LOW)"), "nodes.1.inputs.unet_name"))
        .isEqualTo("model_name");
    assertThat(name(loader("wan-HighNoise.gguf", "Loader"), "nodes.1.inputs.unet_name"))
        .isEqualTo("model_high_name");
    assertThat(name(loader("wan.gguf", "Low VRAM"), "nodes.1.inputs.unet_name"))
        .isEqualTo("model_name");
  }

  private static String loader(String file, String title) {
    return "{'1':{'class_type':'UNETLoader','inputs':{'unet_name':'%s'},'_meta':{'title':'%s'}}}"
        .formatted(file, title);
  }

  @Test
  void a_text_that_is_used_for_both_sides_or_none_is_a_prompt() {
    String json =
        "{'1':{'class_type':'CLIPTextEncode','inputs':{'text':'a'}},"
            + "'2':{'class_type':'CLIPTextEncode','inputs':{'text':'b'}},"
            + "'3':{'class_type':'KSampler','inputs':{'positive':['1',0],'negative':['1',0]}}}";
    assertThat(name(json, "nodes.1.inputs.text")).isEqualTo("prompt_text");
    assertThat(name(json, "nodes.2.inputs.text")).isEqualTo("prompt_2_text");
  }

  @Test
  void titles_without_letters_of_ours_leave_the_words_of_the_class() {
    String json =
        "{'1':{'class_type':'EmptyLatentImage','inputs':{'width':8},'_meta':{'title':'空 🎨'}},"
            + "'2':{'class_type':'3DThing','inputs':{'2x':1,'倍':2}},"
            + "'3':{'class_type':'魔法','inputs':{'x':1}}}";
    assertThat(name(json, "nodes.1.inputs.width")).isEqualTo("latent_width");
    assertThat(name(json, "nodes.2.inputs.2x")).isEqualTo("n3_d_thing_2x");
    assertThat(name(json, "nodes.2.inputs.倍")).isEqualTo("n3_d_thing_value");
    assertThat(name(json, "nodes.3.inputs.x")).isEqualTo("node_3_x");
  }

  @Test
  void a_very_long_chain_of_models_is_no_trouble() {
    ObjectNode graph = JSON.createObjectNode();
    for (int i = 0; i < 1000; i++) {
      ObjectNode node = graph.putObject(String.valueOf(i));
      node.put("class_type", "LoraLoaderModelOnly");
      ObjectNode inputs = node.putObject("inputs");
      inputs.put("strength_model", 1);
      if (i > 0) {
        inputs.putArray("model").add(String.valueOf(i - 1)).add(0);
      }
    }
    assertThat(names(graph)).hasSize(1000);
  }
}
