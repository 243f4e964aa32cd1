package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Problem;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EditTest {
  private static final Workflow WORKFLOW =
      Workflow.read(
              "w.json",
              """
              {"1": {"class_type": "Load", "inputs": {"file": "a.png"}},
               "2": {"class_type": "Number", "inputs": {"value": 5}},
               "3": {"class_type": "Work", "inputs": {"image": ["1", 0], "count": ["2", 0]}},
               "4": {"class_type": "Save", "inputs": {"image": ["3", 0], "prefix": "x"}},
               "5": {"class_type": "Preview", "inputs": {"image": ["1", 0]}}}
              """)
          .orThrow();

  @Test
  void sets_removes_and_links_on_a_copy() {
    String before = WORKFLOW.text();
    Workflow edited =
        WORKFLOW
            .apply(
                List.of(
                    new Edit.Set("3", "count", Template.of(json("7"))),
                    new Edit.Remove("3", "image"),
                    new Edit.Link("4", "image", "1", 2)))
            .orThrow();
    assertThat(edited.json().at("/3").toString())
        .isEqualTo("{\"class_type\":\"Work\",\"inputs\":{\"count\":7}}");
    assertThat(edited.node("4").orElseThrow().input("image")).contains(new Input.Link("1", 2));
    assertThat(WORKFLOW.text()).isEqualTo(before);
  }

  @Test
  void a_list_of_values_is_wrapped_as_a_server_wants_it() {
    Workflow edited =
        WORKFLOW
            .apply(List.of(new Edit.Set("2", "value", Template.of(json("[\"1\", 0]")))))
            .orThrow();
    assertThat(edited.json().at("/2/inputs/value").toString())
        .isEqualTo("{\"__value__\":[\"1\",0]}");
  }

  @Test
  void only_what_the_targets_need_is_kept_in_order() {
    assertThat(WORKFLOW.closure(List.of("4")).nodes().keySet()).containsExactly("1", "2", "3", "4");
    assertThat(WORKFLOW.closure(List.of("5", "2")).nodes().keySet()).containsExactly("1", "2", "5");
    assertThatThrownBy(() -> WORKFLOW.closure(List.of("9")))
        .hasMessage("w.json has no node 9 to run");
  }

  @Test
  void every_edit_that_finds_nothing_is_reported_with_what_is_near() {
    Reading<Workflow> reading =
        WORKFLOW.apply(
            List.of(
                new Edit.Set("33", "count", Template.of("x")),
                new Edit.Remove("3", "imgae"),
                new Edit.Set("4", "frames_per_second", Template.of("x")),
                new Edit.Link("4", "image", "44", 0)));
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "w.json: the workflow has no such node, found '33': did you mean '3'?",
            "w.json: node 3 (Work) has no such input, found 'imgae': did you mean 'image'?",
            "w.json: node 4 (Save) has no such input, found 'frames_per_second': it has image,"
                + " prefix",
            "w.json: the workflow has no such node, found '44': did you mean '4'?");
  }

  @Test
  void a_link_must_not_close_a_circle() {
    assertThat(WORKFLOW.apply(List.of(new Edit.Link("1", "file", "4", 0))).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "w.json: the workflow's links lead in a circle, found '1 → 3 → 4 → 1': remove one of"
                + " these links in the editor and export again");
  }

  @Test
  void a_value_that_is_one_variable_keeps_the_variables_type() {
    Variables variables =
        Variables.NONE
            .with(Variable.FRAMES, 101)
            .with(Variable.SEED, new BigInteger("18446744073709551615"))
            .with(Variable.FRAME_RATE, 23.976)
            .with(Variable.COMBINE_FRAME_RATE, 32.0)
            .with(Variable.POSITIVE, "${frames} $1 \\ $")
            .with(Variable.STEPS, 5_000_000_000L)
            .with(Variable.NEGATIVE, true);
    assertThat(resolved("\"${frames}\"", variables)).isEqualTo("101");
    assertThat(resolved("\"${seed}\"", variables)).isEqualTo("18446744073709551615");
    assertThat(resolved("\"${frame_rate}\"", variables)).isEqualTo("23.976");
    assertThat(resolved("\"${combine_frame_rate}\"", variables)).isEqualTo("32");
    assertThat(resolved("\"${steps}\"", variables)).isEqualTo("5000000000");
    assertThat(resolved("\"${negative}\"", variables)).isEqualTo("true");
    assertThat(resolved("\"${positive}\"", variables)).isEqualTo("\"${frames} $1 \\\\ $\"");
    assertThat(resolved("\"a ${frames}x${positive}\"", variables))
        .isEqualTo("\"a 101x${frames} $1 \\\\ $\"");
    assertThat(resolved("\"$${frames} ${frames}\"", variables)).isEqualTo("\"${frames} 101\"");
    assertThat(resolved("\"$${frames}\"", variables)).isEqualTo("\"${frames}\"");
    assertThat(resolved("{\"a\": [\"${frames}\", 1, null]}", variables))
        .isEqualTo("{\"a\":[101,1,null]}");
    assertThat(resolved("\"${\"", variables)).isEqualTo("\"${\"");
  }

  @Test
  void a_literal_is_never_looked_into() {
    assertThat(Template.literal(json("\"${frames} ${none}\"")).resolve(Variables.NONE))
        .contains(json("\"${frames} ${none}\""));
  }

  @Test
  void an_optional_variable_without_a_value_leaves_the_edit_out() {
    Workflow edited =
        WORKFLOW.apply(List.of(new Edit.Set("2", "value", Template.of("${steps}")))).orThrow();
    assertThat(edited.json().at("/2/inputs/value").intValue()).isEqualTo(5);
  }

  @Test
  void a_missing_or_unknown_variable_is_the_callers_mistake() {
    assertThatThrownBy(
            () -> WORKFLOW.apply(List.of(new Edit.Set("2", "value", Template.of("${frames}")))))
        .hasMessage("variable frames has no value");
    assertThatThrownBy(
            () -> WORKFLOW.apply(List.of(new Edit.Set("2", "value", Template.of("${frame}")))))
        .hasMessage("there is no variable frame");
  }

  private static String resolved(String template, Variables variables) {
    return Template.of(json(template)).resolve(variables).orElseThrow().toString();
  }

  private static JsonNode json(String text) {
    return Trees.JSON.readTree(text);
  }
}
