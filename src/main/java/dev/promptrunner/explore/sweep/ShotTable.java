package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.ParameterType;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Shots with the samples of a sweep: every shot gets the same ones, under the same names, so that
 * shots compare. Pure; one use.
 */
public final class ShotTable {
  private final SweepFile file;
  private final Parameters parameters;
  private final List<Shot> shots;
  private final List<Problem> problems = new ArrayList<>();

  public ShotTable(SweepFile file, Parameters parameters, List<Shot> shots) {
    this.file = file;
    this.parameters = parameters;
    this.shots = List.copyOf(shots);
  }

  /** What a shot sets itself, by parameter name. */
  private record Given(Map<String, JsonNode> values, Map<String, Path> files) {}

  /** All runs, shot by shot; a run is named {@code shot/run}. */
  public Reading<List<Run>> runs() {
    SweepTable table = new SweepTable(file, parameters);
    return table.cells(shots.size()).then(cells -> runs(table, cells));
  }

  private Reading<List<Run>> runs(SweepTable table, List<SweepTable.Cell> cells) {
    List<Run> runs = new ArrayList<>();
    for (Shot shot : shots) {
      Given given = checked(shot, cells);
      Reading<List<String>> named = table.named(cells, fields(shot, given));
      problems.addAll(named.problems());
      if (!(named instanceof Reading.Good<List<String>>(List<String> names))) {
        continue;
      }
      for (int i = 0; i < cells.size(); i++) {
        SweepTable.Cell cell = cells.get(i);
        Map<String, JsonNode> values = new LinkedHashMap<>(given.values());
        cell.values().keySet().forEach(name -> refuseTwice(shot, name, given));
        values.putAll(cell.values());
        runs.add(
            new Run(
                shot.name() + "/" + names.get(i),
                runs.size() + 1,
                cell.sample(),
                cell.seedIndex(),
                shot.name(),
                values,
                given.files()));
      }
    }
    return problems.isEmpty()
        ? new Reading.Good<>(runs)
        : new Reading.Bad<>(problems.stream().distinct().toList());
  }

  /** What names of runs can speak of. */
  private static Map<String, String> fields(Shot shot, Given given) {
    Map<String, String> fields = new HashMap<>();
    given.values().forEach((name, value) -> fields.put(name, SweepTable.text(value)));
    given.files().forEach((name, file) -> fields.put(name, String.valueOf(file.getFileName())));
    fields.put("shot", shot.name());
    return fields;
  }

  private void refuseTwice(Shot shot, String parameter, Given given) {
    if (given.values().containsKey(parameter) || given.files().containsKey(parameter)) {
      problems.add(
          new Problem(
              shot.where(),
              "the shot '%s' sets what the sweep varies".formatted(shot.name()),
              parameter,
              "let one of the two set it"));
    }
  }

  /** What it sets; values that are wrong already are held against no constraint. */
  private Given checked(Shot shot, List<SweepTable.Cell> cells) {
    int before = problems.size();
    Given given = given(shot);
    if (problems.size() == before) {
      problems.addAll(
          new ShotConstraints(parameters, shot, given.values())
              .problems(file.constraints(), cells));
    }
    return given;
  }

  private Given given(Shot shot) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Map<String, Path> files = new LinkedHashMap<>();
    SweepFile.ShotMapping mapping = file.shots().orElseThrow();
    shot.prompt().ifPresent(text -> text(mapping, mapping.prompt(), text, values));
    shot.negative().ifPresent(text -> text(mapping, mapping.negative(), text, values));
    shot.firstFrame().ifPresent(image -> image(mapping, mapping.firstFrame(), image, files));
    shot.lastFrame().ifPresent(image -> image(mapping, mapping.lastFrame(), image, files));
    shot.settings().forEach((key, value) -> setting(shot, key, value, values));
    return new Given(values, files);
  }

  private void text(
      SweepFile.ShotMapping mapping,
      Optional<String> to,
      String text,
      Map<String, JsonNode> values) {
    JsonNode value = JsonNodeFactory.instance.stringNode(text);
    find(mapping.where(), to.orElseThrow())
        .ifPresent(
            parameter -> {
              new Fit(mapping.where(), parameter, parameters.isExact())
                  .problem(value)
                  .ifPresent(problems::add);
              values.put(parameter.name(), value);
            });
  }

  private void image(
      SweepFile.ShotMapping mapping, Optional<String> to, Path image, Map<String, Path> files) {
    find(mapping.where(), to.orElseThrow())
        .ifPresent(
            parameter -> {
              boolean takes =
                  parameter.type() == ParameterType.FILE
                      || parameter.type() == ParameterType.STRING;
              if (!takes) {
                problems.add(
                    new Problem(
                        mapping.where(),
                        "'%s' takes no file".formatted(parameter.name()),
                        parameter.type().label(),
                        "name the image of a LoadImage node"));
              }
              files.put(parameter.name(), image);
            });
  }

  private void setting(Shot shot, String key, JsonNode value, Map<String, JsonNode> values) {
    find(shot.where(), key)
        .ifPresent(
            parameter -> {
              new Fit(shot.where(), parameter, parameters.isExact())
                  .problem(value)
                  .ifPresent(problems::add);
              if (values.put(parameter.name(), value) != null) {
                problems.add(
                    new Problem(
                        shot.where(),
                        "the shot '%s' sets one parameter twice".formatted(shot.name()),
                        parameter.name(),
                        "name it once, also where it is the shot's prompt"));
              }
            });
  }

  private Optional<Parameter> find(String where, String key) {
    Reading<Parameter> found = parameters.lookup(where, key);
    problems.addAll(found.problems());
    return found instanceof Reading.Good<Parameter>(Parameter parameter)
        ? Optional.of(parameter)
        : Optional.empty();
  }
}
