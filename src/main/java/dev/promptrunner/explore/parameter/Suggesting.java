package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds what is sensible to try, by what a parameter is for and what stands there. */
final class Suggesting {
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal FOUR = new BigDecimal("4");
  private static final BigDecimal ONE_AND_A_HALF = new BigDecimal("1.5");

  /** On every server since long, and good at something. */
  private static final List<String> SAMPLERS =
      List.of("euler", "dpmpp_2m", "uni_pc", "res_multistep", "unipc", "dpm++_sde");

  private static final List<String> SCHEDULERS = List.of("simple", "normal", "karras", "beta");
  private static final int MOST_CHOICES = 4;

  private final Parameters all;

  Suggesting(Parameters all) {
    this.all = all;
  }

  Optional<Suggestion> of(Parameter parameter) {
    return switch (parameter.type()) {
      case INTEGER, NUMBER -> range(parameter).map(range -> range);
      case SEED -> Optional.of(seed(parameter));
      case CHOICE -> choices(parameter);
      case TEXT -> prompts(parameter);
      case STRING, BOOLEAN, FILE -> Optional.empty();
    };
  }

  private static Suggestion seed(Parameter parameter) {
    return new Suggestion.Seed(
        parameter.min().orElse(BigDecimal.ZERO).max(BigDecimal.ZERO),
        parameter.max().orElse(Domain.LARGEST_SEED).min(Domain.LARGEST_SEED));
  }

  private static Optional<Suggestion> prompts(Parameter parameter) {
    return parameter.name().startsWith("positive")
        ? Optional.of(new Suggestion.Prompts(List.of(parameter.value())))
        : Optional.empty();
  }

  private Optional<Suggestion> choices(Parameter parameter) {
    List<String> good =
        switch (all.purpose(parameter).field()) {
          case "sampler_name", "sampler" -> SAMPLERS;
          case "scheduler" -> Stream.concat(SCHEDULERS.stream(), SAMPLERS.stream()).toList();
          default -> List.of();
        };
    List<JsonNode> values = new ArrayList<>(List.of(parameter.value()));
    parameter.options().stream()
        .filter(option -> good.contains(option.asString("")) && !values.contains(option))
        .limit(MOST_CHOICES - 1L)
        .forEach(values::add);
    return values.size() > 1 && parameter.options().contains(parameter.value())
        ? Optional.of(new Suggestion.Choices(values))
        : Optional.empty();
  }

  private Optional<Suggestion.Range> range(Parameter parameter) {
    Graph.Use purpose = all.purpose(parameter);
    return parameter
        .number()
        .filter(parameter.domain()::contains)
        .flatMap(now -> Borders.isBorder(purpose) ? border(purpose, now) : around(purpose, now))
        .flatMap(range -> within(range, parameter.domain()));
  }

  private Optional<Suggestion.Range> around(Graph.Use purpose, BigDecimal now) {
    if (now.signum() <= 0) {
      return Optional.empty();
    }
    return switch (purpose.field()) {
      case "cfg", "cfg_scale" -> cfg(now);
      case "steps" -> steps(now);
      case "denoise", "denoise_strength", "denoising_strength" -> denoise(now);
      case "shift" -> range(half(now.multiply(HALF)), half(now.multiply(ONE_AND_A_HALF)));
      case "guidance", "guidance_scale" ->
          range(atLeastOne(now.multiply(HALF)), half(now.multiply(ONE_AND_A_HALF)));
      case "strength", "strength_model", "strength_clip" -> strength(purpose.node(), now);
      default -> Optional.empty();
    };
  }

  /** Below 1 a guidance turns around; models that were made for 1 take only a little more. */
  private static Optional<Suggestion.Range> cfg(BigDecimal now) {
    return now.compareTo(BigDecimal.ONE) <= 0
        ? range(BigDecimal.ONE, new BigDecimal("2.5"))
        : range(atLeastOne(now.multiply(HALF)), half(now.multiply(ONE_AND_A_HALF)));
  }

  /** From half to one and a half times as many, in five levels, one of them what stands there. */
  private Optional<Suggestion.Range> steps(BigDecimal now) {
    BigDecimal step = now.divide(FOUR, 0, RoundingMode.DOWN).max(BigDecimal.ONE);
    BigDecimal border = Borders.last(all);
    BigDecimal min = now.subtract(step.multiply(TWO));
    while (min.signum() <= 0 || min.compareTo(border) <= 0) {
      min = min.add(step);
    }
    return range(min, now.add(step.multiply(TWO)), step);
  }

  /** Where the first of two samplers hands over: before the last step. */
  private Optional<Suggestion.Range> border(Graph.Use purpose, BigDecimal now) {
    Optional<BigDecimal> steps = all.graph().number(purpose.node(), "steps");
    if (!Borders.isEnd(purpose) || now.signum() <= 0 || steps.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal step = now.divide(FOUR, 0, RoundingMode.DOWN).max(BigDecimal.ONE);
    BigDecimal max = now;
    for (int i = 0; i < 2 && max.add(step).compareTo(steps.get()) < 0; i++) {
      max = max.add(step);
    }
    BigDecimal min = now.subtract(step.multiply(TWO)).max(now.remainder(step).max(step));
    return now.compareTo(steps.get()) < 0 ? range(min, max, step) : Optional.empty();
  }

  /** At 1 the picture begins from nothing, which is not a matter of degree. */
  private static Optional<Suggestion.Range> denoise(BigDecimal now) {
    BigDecimal by = new BigDecimal("0.2");
    return now.compareTo(BigDecimal.ONE) >= 0
        ? Optional.empty()
        : range(now.subtract(by).max(new BigDecimal("0.1")), now.add(by).min(BigDecimal.ONE));
  }

  private static Optional<Suggestion.Range> strength(Node node, BigDecimal now) {
    List<String> label = Kind.of(node.classType()).label();
    return switch (String.join("_", label)) {
      case "lora", "vace" -> range(HALF.min(now), new BigDecimal("1.2").max(now));
      case "controlnet" -> range(new BigDecimal("0.4").min(now), BigDecimal.ONE.max(now));
      default -> Optional.empty();
    };
  }

  private static Optional<Suggestion.Range> within(Suggestion.Range range, Domain domain) {
    BigDecimal min = domain.min().map(range.min()::max).orElse(range.min());
    BigDecimal max = domain.max().map(range.max()::min).orElse(range.max());
    boolean whole = domain.type() == ParameterType.INTEGER && range.step().isEmpty();
    Optional<BigDecimal> step = whole ? Optional.of(BigDecimal.ONE) : range.step();
    if (whole) {
      min = min.setScale(0, RoundingMode.CEILING);
      max = max.setScale(0, RoundingMode.FLOOR);
    }
    return min.compareTo(max) < 0
        ? Optional.of(new Suggestion.Range(min, max, step))
        : Optional.empty();
  }

  private static Optional<Suggestion.Range> range(BigDecimal min, BigDecimal max) {
    return min.compareTo(max) < 0
        ? Optional.of(new Suggestion.Range(min, max, Optional.empty()))
        : Optional.empty();
  }

  private static Optional<Suggestion.Range> range(BigDecimal min, BigDecimal max, BigDecimal step) {
    return range(min, max)
        .map(range -> new Suggestion.Range(range.min(), range.max(), Optional.of(step)));
  }

  private static BigDecimal atLeastOne(BigDecimal number) {
    return half(number).max(BigDecimal.ONE);
  }

  /** To the nearest half. */
  private static BigDecimal half(BigDecimal number) {
    return number.multiply(TWO).setScale(0, RoundingMode.HALF_UP).multiply(HALF);
  }
}
