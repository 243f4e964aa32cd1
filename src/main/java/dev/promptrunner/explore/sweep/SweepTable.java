package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sample.Conditions;
import dev.promptrunner.explore.sample.Constraint;
import dev.promptrunner.explore.sample.Dimension;
import dev.promptrunner.explore.sample.Sampler;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Seeds;
import dev.promptrunner.explore.sample.Strategy;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A sweep file on a workflow: the points of its space, each with every seed. Pure; the same file
 * gives the same table.
 */
public final class SweepTable {
  private final SweepFile file;
  private final Parameters parameters;

  public SweepTable(SweepFile file, Parameters parameters) {
    this.file = file;
    this.parameters = parameters;
  }

  /** What one run sets, before it has a name. */
  record Cell(int sample, int seedIndex, Map<String, JsonNode> values) {}

  /** The runs of the sweep without shots, in their order. */
  public Reading<List<Run>> runs() {
    return cells(1)
        .then(
            cells -> named(cells, Map.of()).then(names -> new Reading.Good<>(runs(cells, names))));
  }

  private static List<Run> runs(List<Cell> cells, List<String> names) {
    List<Run> runs = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      runs.add(
          new Run(
              names.get(i), i + 1, cell.sample(), cell.seedIndex(), "", cell.values(), Map.of()));
    }
    return runs;
  }

  /**
   * Names for cells, one for each.
   *
   * @param given what a name can speak of beside what varies, such as the shot
   */
  Reading<List<String>> named(List<Cell> cells, Map<String, String> given) {
    RunNames names = new RunNames(file.runName(), file.file().toString());
    Map<String, String> same = new HashMap<>();
    parameters.all().forEach(one -> same.put(one.name(), text(one.value())));
    same.putAll(given);
    List<Problem> unknown = names.unknown(same.keySet());
    if (!unknown.isEmpty()) {
      return new Reading.Bad<>(unknown);
    }
    same.keySet().removeIf(field -> !names.has(field));
    int samples = cells.stream().mapToInt(Cell::sample).max().orElse(0);
    return names.names(
        cells.size(),
        i -> {
          Cell cell = cells.get(i);
          Map<String, String> fields = new HashMap<>(same);
          cell.values().forEach((name, value) -> fields.put(name, text(value)));
          fields.put("index", RunNames.padded(i + 1, cells.size()));
          fields.put("sample", RunNames.padded(cell.sample(), samples));
          fields.put("seed_index", Integer.toString(cell.seedIndex()));
          return fields;
        });
  }

  /** As names of runs have it. */
  static String text(JsonNode value) {
    return value.asString(value.toString());
  }

  /**
   * Every point with every seed: the seeds are the same at each point, so that points compare.
   *
   * @param shots how many get these cells, which together must not be too many
   */
  Reading<List<Cell>> cells(int shots) {
    RunCount count = new RunCount(file, shots);
    return Axes.of(file.parameters(), parameters)
        .then(
            axes -> {
              List<Problem> problems = problemsOfSeeds(axes);
              return problems.isEmpty()
                  ? points(axes, count).then(points -> cells(axes, points, count))
                  : new Reading.Bad<>(problems);
            });
  }

  private List<Problem> problemsOfSeeds(List<Axis> axes) {
    boolean seeded =
        axes.stream().anyMatch(axis -> axis.variation() instanceof Variation.RandomSeed);
    if (file.seedsPerSample() == 1) {
      return List.of();
    }
    if (!seeded) {
      return List.of(
          new Problem(
              file.file().toString(),
              "seeds_per_sample needs a parameter of type: random_seed",
              Integer.toString(file.seedsPerSample()),
              "add the sampler's seed with type: random_seed, or leave seeds_per_sample out"));
    }
    return file.seedMode() == SeedMode.FIXED
        ? List.of(
            new Problem(
                file.file().toString(),
                "with seed_mode: fixed all seeds of a sample are the same",
                Integer.toString(file.seedsPerSample()),
                "write seed_mode: random or increment, or leave seeds_per_sample out"))
        : List.of();
  }

  private Reading<List<Map<String, JsonNode>>> points(List<Axis> axes, RunCount runs) {
    List<Dimension> dimensions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Axis axis : axes) {
      Axes.dimension(axis)
          .ifPresent(
              reading -> {
                switch (reading) {
                  case Reading.Good<Dimension>(Dimension one) -> dimensions.add(one);
                  case Reading.Bad<Dimension>(List<Problem> found) -> problems.addAll(found);
                }
              });
    }
    if (problems.isEmpty()) {
      problems.addAll(problemsOfSamples(axes, dimensions, runs));
    }
    return problems.isEmpty() ? sampled(axes, dimensions) : new Reading.Bad<>(problems);
  }

  private List<Problem> problemsOfSamples(
      List<Axis> axes, List<Dimension> dimensions, RunCount runs) {
    if (!dimensions.isEmpty()) {
      return isCounted() ? runs.problem(file.samples()).stream().toList() : List.of();
    }
    return prompts(axes).isEmpty() && file.samples() > 1 && file.asked().isPresent()
        ? List.of(nothingToSample())
        : List.of();
  }

  /**
   * Whether there are as many points as the file says: others have fewer, or a number of their own.
   */
  private boolean isCounted() {
    return switch (file.strategy()) {
      case SOBOL, LHS, RANDOM -> true;
      case GRID, LINEAR -> false;
    };
  }

  private Problem nothingToSample() {
    return new Problem(
        file.file().toString(),
        "num_samples has nothing to sample: no parameter has a range, values or prompts",
        Integer.toString(file.samples()),
        "for that many seeds write seeds_per_sample: %d instead, with a parameter of type:"
                .formatted(file.samples())
            + " random_seed");
  }

  /** The number of prompts, where there are some. */
  private static OptionalInt prompts(List<Axis> axes) {
    return axes.stream()
        .filter(axis -> axis.variation() instanceof Variation.Prompts)
        .mapToInt(axis -> ((Variation.Prompts) axis.variation()).texts().size())
        .max();
  }

  private Reading<List<Map<String, JsonNode>>> sampled(
      List<Axis> axes, List<Dimension> dimensions) {
    // Without a space there is one point for each prompt.
    int count = dimensions.isEmpty() ? prompts(axes).orElse(1) : file.samples();
    // A grid has its own number, which is 1 then.
    Strategy strategy = dimensions.isEmpty() ? Strategy.LINEAR : file.strategy();
    return new Sampler(file.file().toString(), strategy, count, file.samplerSeed(), file.scramble())
        .samples(dimensions, new Conditions(constraints(axes), fixed(axes)));
  }

  /** A constraint may name a parameter by its path, and a linked one. */
  private List<Constraint> constraints(List<Axis> axes) {
    Map<String, String> leaders = new HashMap<>();
    axes.forEach(axis -> axis.all().forEach(one -> leaders.put(one.name(), axis.name())));
    return file.constraints().stream()
        .map(
            constraint ->
                constraint.renamed(
                    written -> {
                      String name = parameters.find(written).map(Parameter::name).orElse(written);
                      return leaders.getOrDefault(name, name);
                    }))
        .toList();
  }

  /** What the workflow says of the parameters that do not vary. */
  private Map<String, JsonNode> fixed(List<Axis> axes) {
    Set<String> varied = new HashSet<>();
    axes.forEach(axis -> axis.all().forEach(one -> varied.add(one.name())));
    Map<String, JsonNode> fixed = new HashMap<>();
    parameters.all().stream()
        .filter(one -> !varied.contains(one.name()))
        .forEach(one -> fixed.put(one.name(), one.value()));
    return fixed;
  }

  private Reading<List<Cell>> cells(
      List<Axis> axes, List<Map<String, JsonNode>> points, RunCount runs) {
    Optional<Problem> tooMany = runs.problem(points.size());
    return tooMany.isPresent()
        ? Reading.bad(tooMany.get())
        : new Reading.Good<>(cells(axes, points));
  }

  private List<Cell> cells(List<Axis> axes, List<Map<String, JsonNode>> points) {
    Map<String, List<BigInteger>> seeds = seeds(axes);
    List<Cell> cells = new ArrayList<>();
    for (int point = 0; point < points.size(); point++) {
      for (int seed = 0; seed < file.seedsPerSample(); seed++) {
        cells.add(
            new Cell(point + 1, seed + 1, values(axes, points.get(point), point, seeds, seed)));
      }
    }
    return cells;
  }

  /** Each seed parameter has a stream of its own. */
  private Map<String, List<BigInteger>> seeds(List<Axis> axes) {
    Map<String, List<BigInteger>> seeds = new HashMap<>();
    for (Axis axis : axes) {
      if (axis.variation() instanceof Variation.RandomSeed range) {
        BigInteger least = axis.least(range);
        BigInteger greatest = axis.greatest(range);
        Optional<BigInteger> base =
            axis.parameter()
                .number()
                .map(BigDecimal::toBigInteger)
                .filter(own -> own.compareTo(least) >= 0 && own.compareTo(greatest) <= 0);
        seeds.put(
            axis.name(),
            new Seeds(file.seedMode(), least, greatest, base)
                .take(file.seedsPerSample(), file.samplerSeed() + seeds.size()));
      }
    }
    return seeds;
  }

  private static Map<String, JsonNode> values(
      List<Axis> axes,
      Map<String, JsonNode> point,
      int number,
      Map<String, List<BigInteger>> seeds,
      int seed) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Axis axis : axes) {
      JsonNode value =
          switch (axis.variation()) {
            case Variation.RandomSeed _ ->
                JsonNodeFactory.instance.numberNode(
                    Objects.requireNonNull(seeds.get(axis.name())).get(seed));
            case Variation.Prompts(List<JsonNode> texts) -> texts.get(number % texts.size());
            case Variation.Continuous _, Variation.Linear _, Variation.Values _ ->
                Objects.requireNonNull(point.get(axis.name()));
          };
      axis.all().forEach(one -> values.put(one.name(), value));
    }
    return values;
  }
}
