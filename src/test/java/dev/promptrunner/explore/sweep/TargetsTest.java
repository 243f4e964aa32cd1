package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  private static final String IMAGE =
      """
      "1": {"class_type": "EmptyImage",
            "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": 0}}\
      """;
  private static final String SAVE =
      """
      "%s": {"class_type": "SaveImage",
             "inputs": {"images": ["1", 0], "filename_prefix": "x"}}\
      """;
  private static final String PREVIEW =
      """
      "%s": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}\
      """;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void previews_are_left_out_when_something_is_saved(boolean server) {
    String graph =
        String.join(",", IMAGE, PREVIEW.formatted("2"), SAVE.formatted("30"), SAVE.formatted("4"));
    assertThat(of(graph, server, List.of()).orThrow()).containsExactlyInAnyOrder("30", "4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void previews_alone_are_run(boolean server) {
    assertThat(of(IMAGE + "," + PREVIEW.formatted("2"), server, List.of()).orThrow())
        .containsExactly("2");
  }

  @Test
  void what_a_server_does_not_call_an_output_is_none_though_nobody_reads_from_it() {
    assertThat(problems(of(IMAGE, true, List.of())))
        .containsExactly(
            "w.json: the workflow has no output node: add one that saves something, such as"
                + " SaveImage or SaveVideo, and export again");
    assertThat(of(IMAGE, false, List.of()).orThrow()).containsExactly("1");
  }

  @Test
  void a_class_that_the_server_does_not_know_is_an_output_when_nobody_reads_from_it() {
    String graph =
        IMAGE
            + """
            ,"2": {"class_type": "VHS_VideoCombine",
                   "inputs": {"images": ["1", 0], "filename_prefix": "x"}}\
            """;
    assertThat(of(graph, true, List.of()).orThrow()).containsExactly("2");
  }

  @Test
  void what_is_asked_for_is_run_as_it_is() {
    String graph = String.join(",", IMAGE, PREVIEW.formatted("2"), SAVE.formatted("3"));
    assertThat(of(graph, false, List.of("2")).orThrow()).containsExactly("2");
  }

  @Test
  void targets_that_are_not_there_are_told_all_at_once() {
    String graph = String.join(",", IMAGE, SAVE.formatted("130"));
    assertThat(problems(of(graph, false, List.of("13", "x", "130"))))
        .containsExactly(
            "s.yaml: targets names a node that the workflow does not have, found '13': did you mean"
                + " '1'?",
            "s.yaml: targets names a node that the workflow does not have, found 'x': did you mean"
                + " '1'?");
  }

  private static Reading<List<String>> of(String graph, boolean server, List<String> asked) {
    Workflow workflow = Workflow.read("w.json", "{" + graph + "}").orThrow();
    Optional<ObjectInfo> info = server ? Optional.of(Sweeps.server()) : Optional.empty();
    return new Targets(workflow, info).of(asked, "s.yaml");
  }
}
