package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RelocationTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Ids and {@code class/title}, two by two. */
  private static Map<String, Relocation.Seen> seen(String... nodes) {
    Map<String, Relocation.Seen> seen = new LinkedHashMap<>();
    for (int i = 0; i < nodes.length; i += 2) {
      String[] parts = nodes[i + 1].split("/");
      seen.put(nodes[i], new Relocation.Seen(parts[0], parts[1]));
    }
    return seen;
  }

  private static Workflow workflow(String... nodes) {
    ObjectNode graph = JSON.createObjectNode();
    seen(nodes)
        .forEach(
            (id, node) -> {
              ObjectNode json = graph.putObject(id);
              json.put("class_type", node.classType()).putObject("inputs");
              json.putObject("_meta").put("title", node.title());
            });
    return Workflow.read("w.json", graph.toString()).orThrow();
  }

  private static Relocation relocation(Map<String, Relocation.Seen> then, Workflow now) {
    return Relocation.of("s.yaml", then, now);
  }

  @Test
  void a_workflow_that_is_the_same_moves_nothing() {
    Relocation relocation =
        relocation(seen("3", "KSampler/KSampler"), workflow("3", "KSampler/KSampler", "4", "A/A"));
    assertThat(relocation.moved()).isEmpty();
    assertThat(relocation.problems()).isEmpty();
  }

  @Test
  void a_node_is_found_again_by_class_and_title() {
    Relocation relocation =
        relocation(
            seen("3", "KSampler/HIGH", "309:298", "WanVideoLoraSelect/Speed"),
            workflow(
                "12", "KSampler/HIGH", "3", "KSampler/LOW", "40:7", "WanVideoLoraSelect/Speed"));
    assertThat(relocation.moved())
        .containsExactly(Map.entry("3", "12"), Map.entry("309:298", "40:7"));
    assertThat(relocation.problems()).isEmpty();
    assertThat(relocation.path("nodes.3.inputs.cfg")).isEqualTo("nodes.12.inputs.cfg");
    assertThat(relocation.path("nodes.33.inputs.cfg")).isEqualTo("nodes.33.inputs.cfg");
    assertThat(relocation.path("sampler_cfg")).isEqualTo("sampler_cfg");
  }

  @Test
  void two_nodes_that_changed_places_are_both_found() {
    Relocation relocation =
        relocation(
            seen("6", "CLIPTextEncode/Positive", "7", "CLIPTextEncode/Negative"),
            workflow("6", "CLIPTextEncode/Negative", "7", "CLIPTextEncode/Positive"));
    assertThat(relocation.moved()).containsExactly(Map.entry("6", "7"), Map.entry("7", "6"));
  }

  @Test
  void a_new_title_alone_is_no_move() {
    Relocation relocation =
        relocation(seen("3", "KSampler/KSampler"), workflow("3", "KSampler/My sampler"));
    assertThat(relocation.moved()).isEmpty();
    assertThat(relocation.problems()).isEmpty();
  }

  @Test
  void two_nodes_that_cannot_be_told_apart_are_left_to_the_user() {
    Relocation relocation =
        relocation(
            seen("6", "CLIPTextEncode/Prompt", "7", "CLIPTextEncode/Prompt"),
            workflow("16", "CLIPTextEncode/Prompt", "17", "CLIPTextEncode/Prompt"));
    assertThat(relocation.moved()).isEmpty();
    assertThat(relocation.problems())
        .map(Problem::toString)
        .containsExactly(
            "s.yaml: the workflow no longer has node 6 (CLIPTextEncode 'Prompt'): write the right"
                + " one of nodes.16, nodes.17 in its place: they have the same class and title",
            "s.yaml: the workflow no longer has node 7 (CLIPTextEncode 'Prompt'): write the right"
                + " one of nodes.16, nodes.17 in its place: they have the same class and title");
  }

  @Test
  void a_node_that_is_gone_is_told_with_what_stands_there_now() {
    Relocation relocation =
        relocation(
            seen("3", "KSampler/KSampler", "4", "VAELoader/Load VAE"),
            workflow("3", "A/B", "5", "C/D"));
    assertThat(relocation.problems())
        .map(Problem::toString)
        .containsExactly(
            "s.yaml: the workflow no longer has node 3 (KSampler), found 'node 3 (A 'B')': take"
                + " what it sets out of the file, or write the file anew with: prompt-runner"
                + " analyze WORKFLOW",
            "s.yaml: the workflow no longer has node 4 (VAELoader 'Load VAE'): take what it sets"
                + " out of the file, or write the file anew with: prompt-runner analyze WORKFLOW");
  }

  /** One of two alike is gone; which one, nobody can tell unless the other kept its id. */
  @Test
  void a_twin_that_kept_its_id_makes_the_other_one_clear() {
    Relocation relocation =
        relocation(
            seen("6", "CLIPTextEncode/Prompt", "7", "CLIPTextEncode/Prompt"),
            workflow("6", "CLIPTextEncode/Prompt", "17", "CLIPTextEncode/Prompt"));
    assertThat(relocation.moved()).containsExactly(Map.entry("7", "17"));
  }

  @Test
  void every_example_is_found_again_after_its_ids_have_changed_where_titles_differ() {
    for (String example : ExampleWorkflows.names()) {
      Workflow now = ExampleWorkflows.workflow(example);
      Map<String, Relocation.Seen> then = new LinkedHashMap<>();
      now.nodes().forEach((id, node) -> then.put("1" + id + "1", Relocation.Seen.of(node)));
      Relocation relocation = relocation(then, now);
      relocation
          .moved()
          .forEach((from, to) -> assertThat(from).as(example).isEqualTo("1" + to + "1"));
      assertThat(relocation.moved().size() + relocation.problems().size())
          .as(example)
          .isEqualTo(then.size());
    }
  }
}
