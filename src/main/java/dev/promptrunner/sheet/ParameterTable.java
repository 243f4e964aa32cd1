package dev.promptrunner.sheet;

import dev.promptrunner.explore.result.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The parameters of a folder's results: which vary, and how each is sorted and filtered. */
final class ParameterTable {
  /** As many boxes to tick are still quicker than a search. */
  private static final int MOST_CHOICES = 24;

  private ParameterTable() {}

  /** How a parameter is sorted and filtered. */
  enum Kind {
    /** By size; from and to. */
    NUMBER,
    /** Some different values to tick. */
    CHOICE,
    /** By what it contains. */
    TEXT,
    /** A number whose size means nothing. */
    SEED
  }

  /**
   * One parameter of all results.
   *
   * @param varies whether not all results have the same value
   * @param values each different value once, numbers by size, others as they come
   */
  record Parameter(String name, Kind kind, boolean varies, List<JsonNode> values) {
    Parameter {
      values = List.copyOf(values);
    }
  }

  /**
   * All parameters in the order of the first results that have them.
   *
   * @param seeds names of those known to be seeds; one that is called so is one in any case
   */
  static List<Parameter> of(List<Result> results, Set<String> seeds) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> names.addAll(result.parameters().keySet()));
    return names.stream().map(name -> parameter(name, results, seeds)).toList();
  }

  private static Parameter parameter(String name, List<Result> results, Set<String> seeds) {
    Map<Object, JsonNode> different = new LinkedHashMap<>();
    boolean everywhere = true;
    for (Result result : results) {
      JsonNode value = result.parameters().getOrDefault(name, PlainValue.none());
      everywhere &= !value.isMissingNode();
      if (!value.isMissingNode()) {
        different.putIfAbsent(PlainValue.identity(value), value);
      }
    }
    List<JsonNode> values = new ArrayList<>(different.values());
    boolean numbers = values.stream().allMatch(JsonNode::isNumber);
    if (numbers) {
      values.sort(Comparator.comparingDouble(JsonNode::doubleValue));
    }
    Kind kind = kind(numbers, seeds.contains(name) || isSeed(name), values.size());
    return new Parameter(name, kind, !everywhere || values.size() > 1, values);
  }

  private static Kind kind(boolean numbers, boolean seed, int different) {
    if (numbers) {
      return seed ? Kind.SEED : Kind.NUMBER;
    }
    return different <= MOST_CHOICES ? Kind.CHOICE : Kind.TEXT;
  }

  private static boolean isSeed(String name) {
    return name.matches("(.*_)?(noise_)?seed(_\\d+)?");
  }
}
