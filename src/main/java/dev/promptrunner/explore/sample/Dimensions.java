package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The dimension of one parameter, of what a person wrote, checked. Pure. */
public final class Dimensions {
  /** What fits in a double; a step of 1e-999999999 would take all memory. */
  private static final int GREATEST_EXPONENT = 300;

  private final String where;
  private final String name;
  private final boolean whole;

  private Dimensions(String where, String name, boolean whole) {
    this.where = where;
    this.name = name;
    this.whole = whole;
  }

  /**
   * Of a parameter.
   *
   * @param where the place that problems name, such as {@code sweep.yaml:12}
   * @param name its readable name or path
   * @param whole whether it takes whole numbers only
   */
  public static Dimensions of(String where, String name, boolean whole) {
    return new Dimensions(where, name, whole);
  }

  /** Any number from min to max. */
  public Reading<Dimension> continuous(BigDecimal min, BigDecimal max, Scale scale) {
    Optional<Problem> problem = range(min, max);
    if (problem.isEmpty() && scale == Scale.LOG && min.signum() <= 0) {
      problem =
          problem(
              "the minimum of '" + name + "' must be above 0 for scale: log",
              plain(min),
              "give a min such as 0.01, or scale: linear");
    }
    return problem
        .<Reading<Dimension>>map(Reading::bad)
        .orElseGet(
            () -> new Reading.Good<>(new Dimension.Continuous(name, min, max, scale, whole)));
  }

  /** min, min + step, … up to max; max itself only when a whole number of steps reaches it. */
  public Reading<Dimension> byStep(BigDecimal min, BigDecimal max, BigDecimal step) {
    return range(min, max)
        .or(() -> step(step))
        .or(() -> count(Steps.count(min, max, step)))
        .<Reading<Dimension>>map(Reading::bad)
        .orElseGet(
            () -> levels(Steps.byStep(min, step, Steps.count(min, max, step).intValueExact())));
  }

  /** So many levels, evenly from min to max, both included; one alone is min. */
  public Reading<Dimension> byCount(BigDecimal min, BigDecimal max, int count) {
    return range(min, max)
        .or(() -> count(BigInteger.valueOf(count)))
        .or(() -> distinct(min, max, count))
        .<Reading<Dimension>>map(Reading::bad)
        .orElseGet(
            () ->
                levels(
                    whole ? Steps.wholeByCount(min, max, count) : Steps.byCount(min, max, count)));
  }

  /** These, in their order. */
  public Reading<Dimension> values(List<JsonNode> values) {
    return values.isEmpty()
        ? Reading.bad(
            new Problem(
                where, "the values of '" + name + "' are empty", "", "list at least one value"))
        : new Reading.Good<>(new Dimension.Levels(name, values));
  }

  /** Numbers of one kind: all whole, or all with a fraction even if it is 0. */
  private Reading<Dimension> levels(List<BigDecimal> values) {
    boolean ints = whole || values.stream().allMatch(JsonNumbers::isWhole);
    return new Reading.Good<>(
        new Dimension.Levels(
            name,
            values.stream()
                .map(
                    value ->
                        ints
                            ? JsonNumbers.whole(value.toBigInteger())
                            : JsonNumbers.fraction(value.doubleValue()))
                .toList()));
  }

  private Optional<Problem> range(BigDecimal min, BigDecimal max) {
    Optional<Problem> bound = number(min).or(() -> number(max));
    return bound.isEmpty() && min.compareTo(max) > 0
        ? problem(
            "the minimum of '" + name + "' is above its maximum",
            plain(min) + " > " + plain(max),
            "swap them")
        : bound;
  }

  private Optional<Problem> step(BigDecimal step) {
    return step.signum() <= 0
        ? problem("the step of '" + name + "' must be above 0", plain(step), "write such as 0.5")
        : number(step);
  }

  private Optional<Problem> number(BigDecimal value) {
    if (Math.abs((long) value.precision() - value.scale()) > GREATEST_EXPONENT
        && value.signum() != 0) {
      return problem(
          "a number of '" + name + "' is too large or too small",
          value.toString(),
          "stay within 1e-" + GREATEST_EXPONENT + " and 1e" + GREATEST_EXPONENT);
    }
    return whole && !JsonNumbers.isWhole(value)
        ? problem("'" + name + "' takes whole numbers only", plain(value), "write a whole number")
        : Optional.empty();
  }

  private Optional<Problem> count(BigInteger count) {
    return count.signum() <= 0 || count.compareTo(BigInteger.valueOf(Sampler.MOST_POINTS)) > 0
        ? problem(
            "'" + name + "' must have 1 to " + Sampler.MOST_POINTS + " levels",
            count.toString(),
            "change its step or count")
        : Optional.empty();
  }

  /** More levels than there are numbers would double some. */
  private Optional<Problem> distinct(BigDecimal min, BigDecimal max, int count) {
    boolean single = min.compareTo(max) == 0;
    BigDecimal numbers = max.subtract(min).add(BigDecimal.ONE);
    boolean tooMany = BigDecimal.valueOf(count).compareTo(numbers) > 0;
    return count > 1 && tooMany && (single || whole)
        ? problem(
            "'" + name + "' has fewer values from " + plain(min) + " to " + plain(max),
            "" + count,
            "give a count of at most " + plain(numbers))
        : Optional.empty();
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }

  private Optional<Problem> problem(String what, String found, String remedy) {
    return Optional.of(new Problem(where, what, found, remedy));
  }
}
