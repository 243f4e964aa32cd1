package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Workflow;
import org.junit.jupiter.api.Test;

class RelocatingTest {
  private static final String FILE =
      """
      targets: ["9"]
      parameters:
        nodes.3.inputs.cfg: {type: continuous, min: 1, max: 2, linked: [nodes.4.inputs.cfg]}
        sampler_steps: {type: values, values: [1]}
      constraints: [nodes.3.inputs.steps < 9]
      shots: {first_frame: nodes.7.inputs.image}
      nodes:
        "3": {class: KSampler, title: HIGH}
        "4": {class: KSampler, title: LOW}
        "7": {class: LoadImage, title: First}
        "9": {class: SaveImage}
        "20": {class: VAELoader}
      """;

  private static final SweepFile SWEEP = Sweeps.file(FILE);

  @Test
  void a_workflow_with_the_same_nodes_changes_nothing() {
    Workflow now =
        workflow("3 KSampler HIGH", "4 KSampler LOW", "7 LoadImage First", "9 SaveImage SaveImage");
    assertThat(SWEEP.on(now).orThrow()).isEqualTo(SWEEP);
    assertThat(SWEEP.notes(now)).isEmpty();
  }

  @Test
  void a_file_that_does_not_say_what_it_was_made_for_is_taken_as_it_is() {
    SweepFile sweep = Sweeps.file("parameters: {nodes.3.inputs.cfg: {type: prompt, values: a}}");
    assertThat(sweep.on(workflow("5 A B")).orThrow()).isEqualTo(sweep);
  }

  @Test
  void paths_follow_nodes_whose_ids_have_changed_and_that_is_told() {
    Workflow now =
        workflow(
            "13 KSampler HIGH",
            "3 KSampler LOW",
            "70:1 LoadImage First",
            "19 SaveImage SaveImage",
            "20 VAELoader VAELoader");

    SweepFile moved = SWEEP.on(now).orThrow();

    assertThat(moved.targets()).containsExactly("19");
    assertThat(moved.parameters())
        .map(SweepFile.Entry::key)
        .containsExactly("nodes.13.inputs.cfg", "sampler_steps");
    assertThat(moved.parameters().getFirst().linked()).containsExactly("nodes.3.inputs.cfg");
    assertThat(moved.parameters())
        .map(SweepFile.Entry::where)
        .containsExactly("s.yaml:4", "s.yaml:5");
    assertThat(moved.constraints().getFirst().names()).containsExactly("nodes.13.inputs.steps");
    assertThat(moved.shots().orElseThrow().firstFrame()).contains("nodes.70:1.inputs.image");
    assertThat(SWEEP.notes(now))
        .containsExactly(
            "s.yaml: node 3 (KSampler 'HIGH') is node 13 in the workflow now: it is used from"
                + " there",
            "s.yaml: node 4 (KSampler 'LOW') is node 3 in the workflow now: it is used from there",
            "s.yaml: node 7 (LoadImage 'First') is node 70:1 in the workflow now: it is used from"
                + " there",
            "s.yaml: node 9 (SaveImage) is node 19 in the workflow now: it is used from there");
  }

  @Test
  void only_what_the_file_uses_is_told() {
    SweepFile sweep =
        Sweeps.file(
            """
            parameters: {sampler_cfg: {type: values, values: [1]}}
            nodes: {"3": {class: KSampler, title: HIGH}}
            """);
    assertThat(sweep.notes(workflow("13 KSampler HIGH"))).isEmpty();
    assertThat(sweep.on(workflow("13 VAELoader X")).problems()).isEmpty();
  }

  @Test
  void nodes_that_cannot_be_told_apart_are_left_to_the_user() {
    Workflow now =
        workflow(
            "13 KSampler HIGH",
            "14 KSampler HIGH",
            "4 KSampler LOW",
            "7 LoadImage First",
            "9 SaveImage SaveImage",
            "20 VAELoader VAELoader");
    assertThat(problems(SWEEP.on(now)))
        .containsExactly(
            "s.yaml: the workflow no longer has node 3 (KSampler 'HIGH'): write the right one of"
                + " nodes.13, nodes.14 in its place: they have the same class and title");
  }

  /** It would be set instead, without a word. */
  @Test
  void another_class_under_the_same_id_is_refused() {
    Workflow now =
        workflow(
            "3 VAEDecode Decode",
            "4 KSampler LOW",
            "7 LoadImage First",
            "9 SaveImage SaveImage",
            "20 VAELoader VAELoader");
    assertThat(problems(SWEEP.on(now)))
        .containsExactly(
            "s.yaml: the workflow no longer has node 3 (KSampler 'HIGH'), found 'node 3 (VAEDecode"
                + " 'Decode')': take what it sets out of the file, or write the file anew with:"
                + " prompt-runner analyze WORKFLOW");
  }

  @Test
  void all_that_is_gone_is_told_at_once_in_the_files_order() {
    assertThat(problems(SWEEP.on(workflow("1 A A", "20 VAELoader VAELoader"))))
        .hasSize(4)
        .map(problem -> problem.replaceFirst(".*has node (\\S+) .*", "$1"))
        .containsExactly("3", "4", "7", "9");
  }

  /** {@code id class title}. */
  private static Workflow workflow(String... nodes) {
    StringBuilder json = new StringBuilder();
    for (String node : nodes) {
      String[] parts = node.split(" ");
      json.append(json.isEmpty() ? "{" : ",")
          .append(
              "\"%s\": {\"class_type\": \"%s\", \"inputs\": {}, \"_meta\": {\"title\": \"%s\"}}"
                  .formatted(parts[0], parts[1], parts[2]));
    }
    return Workflow.read("w.json", json + "}").orThrow();
  }
}
