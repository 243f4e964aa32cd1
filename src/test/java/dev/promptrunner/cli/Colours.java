package dev.promptrunner.cli;

import dev.promptrunner.app.Foreseen;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.testing.Generations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is foreseen of runs of a small workflow. */
final class Colours {
  private static final Parameters PARAMETERS =
      Parameters.of(Generations.WORKFLOW, Optional.empty());
  static final String COLOR = PARAMETERS.find("nodes.1.inputs.color").orElseThrow().name();
  static final String IMAGE = PARAMETERS.find("nodes.3.inputs.image").orElseThrow().name();

  private Colours() {}

  /** Runs 001 … with these states; each sets a colour of its index, and the last an image too. */
  static Foreseen foreseen(Exploration.Kind kind, Foreseen.State... states) {
    List<Run> runs = new ArrayList<>();
    List<Foreseen.Line> lines = new ArrayList<>();
    int renders = 0;
    for (Foreseen.State state : states) {
      String name = "%03d".formatted(runs.size() + 1);
      Map<String, Path> files =
          runs.size() + 1 == states.length ? Map.of(IMAGE, Path.of("in/first.png")) : Map.of();
      Run run = new Run(name, runs.size() + 1, 1, 1, "", colour(runs.size() + 1), files);
      runs.add(run);
      lines.add(new Foreseen.Line(run, name, state));
      boolean renders1 = state == Foreseen.State.TO_RENDER || state == Foreseen.State.FAILED;
      renders += renders1 ? 1 : 0;
    }
    Exploration exploration =
        new Exploration(kind, "colours", Path.of("c.yaml"), PARAMETERS, List.of("2"), runs, false);
    return new Foreseen(
        exploration, lines, renders, 2, Optional.empty(), Optional.empty(), List.of());
  }

  static Foreseen timed(Foreseen foreseen, Duration each, Optional<BigDecimal> dollarsPerHour) {
    return new Foreseen(
        foreseen.exploration(),
        foreseen.runs(),
        foreseen.renders(),
        foreseen.servers(),
        Optional.of(each),
        dollarsPerHour,
        foreseen.notes());
  }

  static Foreseen noted(Foreseen foreseen, String... notes) {
    return new Foreseen(
        foreseen.exploration(),
        foreseen.runs(),
        foreseen.renders(),
        foreseen.servers(),
        foreseen.each(),
        foreseen.dollarsPerHour(),
        List.of(notes));
  }

  static Map<String, JsonNode> colour(int colour) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put(COLOR, JsonNodeFactory.instance.numberNode(BigInteger.valueOf(colour)));
    return values;
  }
}
