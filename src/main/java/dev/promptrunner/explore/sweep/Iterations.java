package dev.promptrunner.explore.sweep;

import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.ParameterType;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The same workflow several times. The first iteration is the workflow as it is, so that one alone
 * is a plain run; all its seeds are one and the same in each of the others, unless they are fixed:
 * then all are as they are. More iterations later keep those of before. Pure.
 *
 * @param mode how seeds follow each other
 * @param drawing of the seeds that are drawn; another number draws others
 */
public record Iterations(Parameters parameters, SeedMode mode, long drawing) {
  /** {@code iter_007}. */
  static String name(int number) {
    return String.format(Locale.ROOT, "iter_%03d", number);
  }

  /**
   * The runs.
   *
   * @param count ≥ 1
   * @param given values that all iterations have
   */
  public List<Run> runs(int count, Map<String, JsonNode> given) {
    List<Parameter> seeds =
        parameters.all().stream().filter(one -> one.type() == ParameterType.SEED).toList();
    List<BigInteger> values = seeds.isEmpty() ? List.of() : values(seeds, given, count);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, JsonNode> set = new LinkedHashMap<>(given);
      if (i > 0 && mode != SeedMode.FIXED && !values.isEmpty()) {
        JsonNode seed = JsonNodeFactory.instance.numberNode(values.get(i));
        seeds.forEach(parameter -> set.put(parameter.name(), seed));
      }
      runs.add(new Run(name(i + 1), i + 1, 1, i + 1, "", set, Map.of()));
    }
    return runs;
  }

  /** Whether all iterations would be the same work, and are meant to be rendered all the same. */
  public boolean allAlike() {
    return mode == SeedMode.FIXED
        || parameters.all().stream().noneMatch(one -> one.type() == ParameterType.SEED);
  }

  /** The first is the workflow's own. */
  private List<BigInteger> values(List<Parameter> seeds, Map<String, JsonNode> given, int count) {
    BigInteger least = bound(seeds, Parameter::min, BigInteger.ZERO, true);
    BigInteger greatest = bound(seeds, Parameter::max, Seeds.GREATEST, false);
    Parameter first = seeds.getFirst();
    Optional<BigInteger> own =
        Optional.ofNullable(given.get(first.name()))
            .map(JsonNode::decimalValue)
            .or(first::number)
            .map(BigDecimal::toBigInteger)
            .filter(seed -> seed.compareTo(least) >= 0 && seed.compareTo(greatest) <= 0);
    return new Seeds(mode, least, greatest, own).take(count, drawing);
  }

  /** What every seed takes. */
  private static BigInteger bound(
      List<Parameter> seeds,
      Function<Parameter, Optional<BigDecimal>> of,
      BigInteger otherwise,
      boolean largest) {
    BigInteger bound = otherwise;
    for (Parameter seed : seeds) {
      BigInteger own = of.apply(seed).map(BigDecimal::toBigInteger).orElse(otherwise);
      bound = largest ? bound.max(own) : bound.min(own);
    }
    return bound;
  }
}
