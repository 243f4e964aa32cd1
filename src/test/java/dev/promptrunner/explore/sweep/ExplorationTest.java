package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.PICTURE;
import static dev.promptrunner.explore.sweep.Sweeps.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ExplorationTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void a_work_tells_by_its_name_what_kind_it_belongs_to() {
    assertThat(Exploration.Kind.ofWork("sweeps~cfg~001")).contains(Exploration.Kind.SWEEP);
    assertThat(Exploration.Kind.ofWork("shots~s~a~001")).contains(Exploration.Kind.SHOTS);
    assertThat(Exploration.Kind.ofWork("iterations~w~iter_001"))
        .contains(Exploration.Kind.ITERATIONS);
    assertThat(Exploration.Kind.ofWork("generations~w~001")).contains(Exploration.Kind.GENERATION);
    assertThat(Exploration.Kind.ofWork("walk")).isEmpty();
    assertThat(Exploration.Kind.ofWork("sweeps")).isEmpty();
  }

  @Test
  void what_is_explored_of_a_file_alone_has_its_name() {
    assertThat(Exploration.nameOf(Path.of("/a/wan t2v.v2.json"))).isEqualTo("wan_t2v.v2");
    assertThat(exploration(List.of()).folder()).isEqualTo("sweeps/cfg");
  }

  @Test
  void parameters_that_are_set_stand_in_the_order_of_the_first_run_that_does() {
    Exploration exploration =
        exploration(
            List.of(
                run(1, Map.of("sampler_cfg", NODES.numberNode(3))),
                run(2, Map.of("seed", NODES.numberNode(1)))));
    assertThat(exploration.set()).map(Parameter::name).containsExactly("sampler_cfg", "seed");
  }

  @Test
  void what_changes_the_model_varies_slowest_and_all_else_stays_as_listed() {
    List<Run> runs =
        List.of(
            run(1, values("b", 1)),
            run(2, values("a", 1)),
            run(3, values("b", 2)),
            run(4, values("a", 2)),
            run(5, values("b", 3)));
    assertThat(exploration(runs).grouped()).map(Run::index).containsExactly(1, 3, 5, 2, 4);
    assertThat(exploration(runs).runs()).map(Run::index).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void runs_that_leave_the_model_alone_stand_together_too() {
    List<Run> runs =
        List.of(
            run(1, Map.of("sampler_cfg", NODES.numberNode(1))),
            run(2, values("a", 1)),
            run(3, Map.of("sampler_cfg", NODES.numberNode(2))));
    assertThat(exploration(runs).grouped()).map(Run::index).containsExactly(1, 3, 2);
  }

  /** With one such parameter there are as many swaps as it has values, less one. */
  @Test
  void a_model_is_loaded_once_whatever_the_table() {
    Random random = new Random(4);
    for (int table = 0; table < 500; table++) {
      List<Run> runs = new ArrayList<>();
      int models = random.nextInt(1, 6);
      for (int i = 1; i <= random.nextInt(1, 40); i++) {
        runs.add(run(i, values("model-" + random.nextInt(models), random.nextInt(4))));
      }
      List<Run> grouped = exploration(runs).grouped();

      assertThat(grouped).containsExactlyInAnyOrderElementsOf(runs);
      assertThat(swaps(grouped, "checkpoint_name")).isEqualTo(distinct(runs) - 1);
      for (int i = 1; i < grouped.size(); i++) {
        if (model(grouped.get(i)).equals(model(grouped.get(i - 1)))) {
          assertThat(grouped.get(i).index()).isGreaterThan(grouped.get(i - 1).index());
        }
      }
    }
  }

  /** The first listed of two varies slowest: it is loaded once, the other once for each of it. */
  @Test
  void of_two_models_each_value_of_the_first_is_loaded_once() {
    Random random = new Random(5);
    Parameters parameters = Sweeps.parameters(VIDEO);
    for (int table = 0; table < 200; table++) {
      List<Run> runs = new ArrayList<>();
      for (int i = 1; i <= 30; i++) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("model_high_name", NODES.stringNode("h" + random.nextInt(3)));
        values.put("model_low_name", NODES.stringNode("l" + random.nextInt(3)));
        runs.add(run(i, values));
      }
      Exploration exploration = exploration(parameters, runs);
      List<Run> grouped = exploration.grouped();
      assertThat(swaps(grouped, "model_high_name")).isLessThanOrEqualTo(2);
      assertThat(swaps(grouped, "model_low_name")).isLessThanOrEqualTo(8);
      assertThat(exploration.grouped()).isEqualTo(grouped);
    }
  }

  @Test
  void a_table_without_models_stays_as_it_is() {
    List<Run> runs = new ArrayList<>();
    for (int i = 1; i < 50; i++) {
      runs.add(run(i, Map.of("sampler_cfg", NODES.numberNode(i % 7))));
    }
    Collections.shuffle(runs, new Random(1));
    assertThat(exploration(runs).grouped()).isEqualTo(runs);
    assertThat(runs).isNotEqualTo(runs.stream().sorted(Comparator.comparing(Run::index)).toList());
  }

  @Test
  void a_run_is_the_workflow_with_its_values_and_with_nothing_else_changed() {
    Exploration exploration = exploration(List.of(run(1, values("x.safetensors", 7))));
    Task.Generate task = exploration.task(exploration.runs().getFirst());

    assertThat(task.targets()).containsExactly("9");
    assertThat(task.graph().node("3").orElseThrow().input("cfg")).get().asString().contains("7");
    assertThat(task.graph().node("4").orElseThrow().input("ckpt_name"))
        .get()
        .asString()
        .contains("x.safetensors");
    assertThat(exploration.task(run(1, Map.of())).graph().digest())
        .isEqualTo(exploration.workflow().digest());
  }

  /** A prompt may speak of variables of recipes; here it is what it is. */
  @Test
  void a_prompt_that_looks_like_a_variable_stays_as_it_is() {
    Exploration exploration =
        exploration(List.of(run(1, Map.of("positive_text", NODES.stringNode("${seed} $${x}")))));
    assertThat(exploration.task(exploration.runs().getFirst()).graph().text())
        .contains("${seed} $${x}");
  }

  @Test
  void a_file_of_this_machine_is_a_need_with_the_digest_of_its_content() {
    Parameters parameters = Sweeps.parameters("wan22-first-last-frame");
    String image =
        parameters.all().stream()
            .filter(one -> one.classType().equals("LoadImage"))
            .findFirst()
            .orElseThrow()
            .name();
    Path file = Path.of("first_frame.png");
    Run run = new Run("a/001", 1, 1, 1, "a", Map.of(), Map.of(image, file));
    Exploration exploration = exploration(parameters, List.of(run));

    assertThat(exploration.needs(run, path -> Digest.of(path.toString())))
        .containsExactly(new Need.Given(image, file, Digest.of("first_frame.png")));
    assertThat(exploration.task(run).files())
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.variable()).isEqualTo(image);
              assertThat(input.input()).isEqualTo("image");
            });
    assertThat(exploration.set()).map(Parameter::name).containsExactly(image);
  }

  @Test
  void a_server_is_asked_about_all_but_what_runs_set() {
    Exploration without = exploration(Sweeps.onServer(PICTURE), List.of(run(1, Map.of())));
    assertThat(without.problems(Sweeps.server()))
        .map(Problem::where)
        .allMatch(where -> where.startsWith("sd15-text-to-image.json"))
        .isNotEmpty();
    Exploration with =
        exploration(Sweeps.onServer(PICTURE), List.of(run(1, values("theirs.safetensors", 1))));
    assertThat(with.problems(Sweeps.server())).isEmpty();
  }

  private static Map<String, JsonNode> values(String model, int cfg) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put("sampler_cfg", NODES.numberNode(cfg));
    values.put("checkpoint_name", NODES.stringNode(model));
    return values;
  }

  private static Run run(int index, Map<String, JsonNode> values) {
    return new Run(RunNames.padded(index, 1), index, index, 1, "", values, Map.of());
  }

  private static String model(Run run) {
    return Sweeps.value(run, "checkpoint_name");
  }

  private static int swaps(List<Run> runs, String parameter) {
    int swaps = 0;
    for (int i = 1; i < runs.size(); i++) {
      boolean same =
          Sweeps.value(runs.get(i), parameter).equals(Sweeps.value(runs.get(i - 1), parameter));
      swaps += same ? 0 : 1;
    }
    return swaps;
  }

  private static int distinct(List<Run> runs) {
    return new HashSet<>(runs.stream().map(ExplorationTest::model).toList()).size();
  }

  private static Exploration exploration(List<Run> runs) {
    return exploration(Sweeps.parameters(PICTURE), runs);
  }

  private static Exploration exploration(Parameters parameters, List<Run> runs) {
    return new Exploration(
        Exploration.Kind.SWEEP, "cfg", Path.of("cfg.yaml"), parameters, List.of("9"), runs, false);
  }
}
