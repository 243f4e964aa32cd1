package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.ParameterType;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sample.Dimension;
import dev.promptrunner.explore.sample.Dimensions;
import dev.promptrunner.explore.sample.Seeds;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a sweep file says of parameters, held against those of a workflow. One use. */
final class Axes {
  private final Parameters parameters;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> taken = new HashMap<>();

  private Axes(Parameters parameters) {
    this.parameters = parameters;
  }

  static Reading<List<Axis>> of(List<SweepFile.Entry> entries, Parameters parameters) {
    Axes axes = new Axes(parameters);
    List<Axis> all = new ArrayList<>();
    entries.forEach(entry -> axes.axis(entry).ifPresent(all::add));
    return axes.problems.isEmpty()
        ? new Reading.Good<>(List.copyOf(all))
        : new Reading.Bad<>(axes.problems);
  }

  private Optional<Axis> axis(SweepFile.Entry entry) {
    Optional<Parameter> parameter = find(entry.where(), entry.key());
    List<Parameter> linked = new ArrayList<>();
    entry.linked().forEach(name -> find(entry.where(), name).ifPresent(linked::add));
    if (parameter.isEmpty()) {
      return Optional.empty();
    }
    check(entry, parameter.get());
    linked.forEach(other -> check(entry, other));
    Axis axis = new Axis(entry, parameter.get(), entry.variation(), linked);
    dimension(axis).ifPresent(dimension -> problems.addAll(dimension.problems()));
    noSeed(axis).ifPresent(problems::add);
    return Optional.of(axis);
  }

  /** Each parameter is set once, whatever it is called. */
  private Optional<Parameter> find(String where, String key) {
    Reading<Parameter> found = parameters.lookup(where, key);
    problems.addAll(found.problems());
    if (!(found instanceof Reading.Good<Parameter>(Parameter parameter))) {
      return Optional.empty();
    }
    String before = taken.putIfAbsent(parameter.path(), where);
    if (before != null) {
      problems.add(
          new Problem(
              where,
              "'%s' is set already at %s".formatted(parameter.name(), before),
              key,
              "keep one of the two"));
    }
    return Optional.of(parameter);
  }

  private void check(SweepFile.Entry entry, Parameter parameter) {
    Fit fit = new Fit(entry.where(), parameter, parameters.isExact());
    switch (entry.variation()) {
      case Variation.Continuous range ->
          fit.rangeProblem()
              .or(() -> fit.endsProblem(range.min(), range.max()))
              .ifPresent(problems::add);
      case Variation.Linear range ->
          fit.rangeProblem()
              .or(() -> fit.endsProblem(range.min(), range.max()))
              .ifPresent(problems::add);
      case Variation.Values values ->
          values.values().forEach(value -> fit.problem(value).ifPresent(problems::add));
      case Variation.Prompts prompts ->
          prompts.texts().forEach(text -> promptProblem(fit, text).ifPresent(problems::add));
      case Variation.RandomSeed seed -> seedProblem(fit, seed).ifPresent(problems::add);
    }
  }

  private static Optional<Problem> promptProblem(Fit fit, JsonNode text) {
    return switch (fit.parameter().type()) {
      case STRING, TEXT -> fit.problem(text);
      case INTEGER, NUMBER, BOOLEAN, SEED, CHOICE, FILE ->
          Optional.of(
              new Problem(
                  fit.where(),
                  "'%s' is no text, so that it takes no prompts".formatted(fit.parameter().name()),
                  fit.parameter().type().label(),
                  "write type: values"));
    };
  }

  private static Optional<Problem> seedProblem(Fit fit, Variation.RandomSeed seed) {
    return switch (fit.parameter().type()) {
      case SEED, INTEGER ->
          saidEnds(seed).flatMap(end -> fit.endsProblem(end, end).stream()).findFirst();
      case NUMBER, BOOLEAN, STRING, TEXT, CHOICE, FILE ->
          Optional.of(
              new Problem(
                  fit.where(),
                  "'%s' is no seed".formatted(fit.parameter().name()),
                  fit.parameter().type().label(),
                  "write type: continuous, linear or values"));
    };
  }

  /** Ends that nobody wrote become those of the parameter. */
  private static Stream<BigDecimal> saidEnds(Variation.RandomSeed seed) {
    return Stream.of(seed.least(), seed.greatest())
        .filter(end -> end.signum() != 0 && !end.equals(Seeds.GREATEST))
        .map(BigDecimal::new);
  }

  private static Optional<Problem> noSeed(Axis axis) {
    if (axis.variation() instanceof Variation.RandomSeed range
        && axis.least(range).compareTo(axis.greatest(range)) > 0) {
      return Optional.of(
          new Problem(
              axis.where(),
              "no seed is taken by all that are linked with '%s'".formatted(axis.name()),
              axis.least(range) + " > " + axis.greatest(range),
              "take out of linked what has other limits"));
    }
    return Optional.empty();
  }

  /** The axis of the explored space; empty for seeds and prompts, which are apart from it. */
  static Optional<Reading<Dimension>> dimension(Axis axis) {
    boolean whole = axis.all().anyMatch(one -> one.type() == ParameterType.INTEGER);
    Dimensions dimensions = Dimensions.of(axis.where(), axis.name(), whole);
    return switch (axis.variation()) {
      case Variation.Continuous range ->
          Optional.of(dimensions.continuous(range.min(), range.max(), range.scale()));
      case Variation.Linear range ->
          Optional.of(
              range.step().isPresent()
                  ? dimensions.byStep(range.min(), range.max(), range.step().get())
                  : dimensions.byCount(range.min(), range.max(), range.count().orElseThrow()));
      case Variation.Values values -> Optional.of(dimensions.values(values.values()));
      case Variation.Prompts _, Variation.RandomSeed _ -> Optional.empty();
    };
  }
}
