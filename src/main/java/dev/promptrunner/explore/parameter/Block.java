package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The lines below a parameter's name in a sweep file.
 *
 * @param links by the name of their first parameter
 */
record Block(Parameters all, Map<String, Links.Link> links) {

  List<String> lines(Parameter parameter) {
    List<String> lines =
        new ArrayList<>(
            Suggestion.of(all, parameter)
                .map(suggestion -> lines(parameter, suggestion))
                .orElseGet(() -> values("values", List.of(parameter.value()))));
    Links.Link link = links.get(parameter.name());
    if (link != null) {
      lines.add(
          link.followers().stream()
              .map(Parameter::name)
              .map(YamlText::key)
              .collect(Collectors.joining(", ", "linked: [", "]")));
    }
    return lines;
  }

  private List<String> lines(Parameter parameter, Suggestion suggestion) {
    return switch (suggestion) {
      case Suggestion.Range range -> range(range);
      case Suggestion.Choices(List<JsonNode> values) -> values("values", values);
      case Suggestion.Prompts(List<JsonNode> values) -> values("prompt", values);
      case Suggestion.Seed seed -> seed(parameter, seed);
    };
  }

  private static List<String> range(Suggestion.Range range) {
    List<String> lines = new ArrayList<>();
    lines.add("type: " + (range.step().isPresent() ? "linear" : "continuous"));
    lines.add("min: " + YamlText.plain(range.min()));
    lines.add("max: " + YamlText.plain(range.max()));
    range.step().ifPresent(step -> lines.add("step: " + YamlText.plain(step)));
    return lines;
  }

  private static List<String> values(String type, List<JsonNode> values) {
    return List.of(
        "type: " + type,
        "values: "
            + values.stream().map(YamlText::value).collect(Collectors.joining(", ", "[", "]")));
  }

  /** Limits stand there only where they are narrower than any seed's. */
  private List<String> seed(Parameter parameter, Suggestion.Seed own) {
    List<Suggestion.Seed> seeds =
        Stream.concat(Stream.of(own), followers(parameter).flatMap(this::seed)).toList();
    BigDecimal min = seeds.stream().map(Suggestion.Seed::min).reduce(own.min(), BigDecimal::max);
    BigDecimal max = seeds.stream().map(Suggestion.Seed::max).reduce(own.max(), BigDecimal::min);
    List<String> lines = new ArrayList<>(List.of("type: random_seed"));
    if (min.signum() > 0) {
      lines.add("min: " + YamlText.plain(min));
    }
    if (max.compareTo(Domain.LARGEST_SEED) < 0) {
      lines.add("max: " + YamlText.plain(max));
    }
    return lines;
  }

  private Stream<Parameter> followers(Parameter parameter) {
    return Optional.ofNullable(links.get(parameter.name())).stream()
        .flatMap(link -> link.followers().stream());
  }

  private Stream<Suggestion.Seed> seed(Parameter follower) {
    return Suggestion.of(all, follower).stream()
        .flatMap(
            suggestion ->
                suggestion instanceof Suggestion.Seed seed ? Stream.of(seed) : Stream.of());
  }
}
