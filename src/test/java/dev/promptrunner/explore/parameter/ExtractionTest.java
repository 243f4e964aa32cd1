package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.ObjectInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables are made by hand: what is right for who sets the value, whoever has found it. */
class ExtractionTest {
  private static final double ENOUGH = 0.98;

  /** The recorded server had stand-ins for these, whose limits are not the real nodes'. */
  private static final Pattern STAND_IN =
      Pattern.compile(
          "WanVideo.*|LoadWanVideo.*|VHS_.*|RIFE VFI|INTConstant|DepthAnythingV2Preprocessor");

  private final List<String> wrong = new ArrayList<>();
  private int looked;

  @Test
  void without_a_server_more_than_98_percent_of_literals_are_right() {
    compare(Optional.empty(), node -> true);
    assertThat(looked).isGreaterThan(700);

    assertThat(right()).as(report()).isGreaterThan(ENOUGH);
  }

  @Test
  void with_a_server_more_than_98_percent_of_literals_are_right() {
    ObjectInfo server = ExampleWorkflows.server();
    compare(Optional.of(server), node -> server.nodeClass(node.classType()).isPresent());
    assertThat(looked).isGreaterThan(550);

    assertThat(right()).as(report()).isGreaterThan(ENOUGH);
  }

  @Test
  void every_literal_of_every_workflow_is_found_once_and_no_other() {
    for (String name : ExampleWorkflows.names()) {
      assertThat(ExampleWorkflows.parameters(name).all().stream().map(Parameter::path))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(
              ExampleWorkflows.table(name).stream().map(ExampleWorkflows.Row::path).toList());
    }
  }

  @Test
  void there_are_at_least_twenty_workflows() {
    assertThat(ExampleWorkflows.names()).hasSizeGreaterThanOrEqualTo(24);
  }

  @Test
  void what_matters_has_the_name_that_a_person_would_give_it() {
    List<String> differing = new ArrayList<>();
    for (String name : ExampleWorkflows.names()) {
      Parameters parameters = ExampleWorkflows.parameters(name);
      ExampleWorkflows.table(name).stream()
          .filter(row -> !row.name().equals("-"))
          .filter(row -> !parameters.find(row.path()).orElseThrow().name().equals(row.name()))
          .map(
              row ->
                  name
                      + " "
                      + row.path()
                      + ": "
                      + parameters.find(row.path()).orElseThrow().name()
                      + " instead of "
                      + row.name())
          .forEach(differing::add);
    }
    assertThat(differing).isEmpty();
  }

  @Test
  void names_and_values_are_the_same_with_a_server_as_without() {
    Optional<ObjectInfo> server = Optional.of(ExampleWorkflows.server());
    for (String name : ExampleWorkflows.names()) {
      Parameters with = Parameters.of(ExampleWorkflows.workflow(name), server);
      for (Parameter parameter : ExampleWorkflows.parameters(name).all()) {
        Parameter same = with.find(parameter.name()).orElseThrow();
        assertThat(same.path()).isEqualTo(parameter.path());
        assertThat(same.value()).isEqualTo(parameter.value());
      }
    }
  }

  private void compare(Optional<ObjectInfo> server, Predicate<Node> known) {
    for (String name : ExampleWorkflows.names()) {
      Parameters parameters = Parameters.of(ExampleWorkflows.workflow(name), server);
      for (ExampleWorkflows.Row row : ExampleWorkflows.table(name)) {
        Node node = parameters.workflow().node(row.node()).orElseThrow();
        if (known.test(node)) {
          compare(name, row, parameters.find(row.path()).orElseThrow(), server.isPresent());
        }
      }
    }
  }

  private void compare(
      String workflow, ExampleWorkflows.Row row, Parameter found, boolean byServer) {
    looked++;
    boolean ownLimits = byServer && STAND_IN.matcher(found.classType()).matches();
    boolean range = row.range().equals("-") || ownLimits || row.range().equals(range(found));
    if (!found.type().label().equals(row.type()) || !range) {
      wrong.add(
          "%s %s (%s): %s %s instead of %s %s"
              .formatted(
                  workflow,
                  row.path(),
                  found.classType(),
                  found.type().label(),
                  range(found),
                  row.type(),
                  row.range()));
    }
  }

  private static String range(Parameter parameter) {
    if (parameter.min().isEmpty() && parameter.max().isEmpty()) {
      return "-";
    }
    return plain(parameter.min()) + ".." + plain(parameter.max());
  }

  private static String plain(Optional<BigDecimal> number) {
    return number.map(value -> value.stripTrailingZeros().toPlainString()).orElse("");
  }

  private double right() {
    return 1 - (double) wrong.size() / looked;
  }

  private String report() {
    return wrong.size() + " of " + looked + " are wrong:\n" + String.join("\n", wrong);
  }

  /** The guess is said to be one, so that nobody relies on it. */
  @Test
  void only_what_neither_server_nor_table_knows_is_marked_as_guessed() {
    Set<String> guessed = new TreeSet<>();
    for (String name : ExampleWorkflows.names()) {
      ExampleWorkflows.parameters(name).all().stream()
          .filter(Parameter::guessed)
          .forEach(parameter -> guessed.add(parameter.classType()));
    }
    assertThat(guessed)
        .contains("AcmeTextToSpeech", "PixelforgeSampler", "魔法滤镜")
        .doesNotContain("KSampler", "WanVideoSampler", "UNETLoader", "VHS_VideoCombine");
  }
}
