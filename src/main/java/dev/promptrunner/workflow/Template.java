package dev.promptrunner.workflow;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value in which a name between <code>${</code> and <code>}</code> stands for a variable. Text
 * that is exactly one variable becomes the variable's value with its type; inside longer text it
 * becomes text. Values are put in once: a prompt that itself looks like a variable stays as it is.
 * A second dollar sign before the brace keeps it from being one.
 */
public final class Template {
  private static final Pattern VARIABLE = Pattern.compile("\\$?\\$\\{([^{}]*)}");

  private final JsonNode json;
  private final boolean plain;
  private final Set<String> names;

  private Template(JsonNode json, boolean plain) {
    this.json = json;
    this.plain = plain;
    this.names = plain ? Set.of() : names(json);
  }

  /** Any JSON value; its texts may hold variables. The value must not be changed afterwards. */
  public static Template of(JsonNode json) {
    return new Template(json, false);
  }

  public static Template of(String text) {
    return of(Trees.NODES.stringNode(text));
  }

  /** The value as it is, whatever its texts look like. */
  public static Template literal(JsonNode json) {
    return new Template(json, true);
  }

  /** The names between braces, known or not, in order. */
  Set<String> names() {
    return names;
  }

  /** Empty when a variable that may be left out has no value. */
  Optional<JsonNode> resolve(Variables variables) {
    boolean leftOut =
        names.stream()
            .map(Template::known)
            .anyMatch(known -> known.isOptional() && variables.value(known).isEmpty());
    return leftOut ? Optional.empty() : Optional.of(plain ? json : resolved(json, variables));
  }

  /** The value as text, for names of files and folders. */
  String text(Variables variables) {
    return resolve(variables).map(JsonNode::asString).orElse("");
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    collect(json, names);
    return Collections.unmodifiableSet(names);
  }

  private static void collect(JsonNode json, Set<String> names) {
    if (json.isString()) {
      VARIABLE
          .matcher(json.stringValue())
          .results()
          .filter(Template::isVariable)
          .forEach(match -> names.add(match.group(1)));
    }
    json.values().forEach(value -> collect(value, names));
  }

  private static JsonNode resolved(JsonNode json, Variables variables) {
    return switch (json) {
      case ObjectNode object -> {
        ObjectNode result = Trees.NODES.objectNode();
        object
            .properties()
            .forEach(entry -> result.set(entry.getKey(), resolved(entry.getValue(), variables)));
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = Trees.NODES.arrayNode();
        array.forEach(element -> result.add(resolved(element, variables)));
        yield result;
      }
      default -> json.isString() ? resolved(json.stringValue(), variables) : json;
    };
  }

  private static JsonNode resolved(String text, Variables variables) {
    Matcher matcher = VARIABLE.matcher(text);
    if (matcher.matches() && isVariable(matcher.toMatchResult())) {
      return value(matcher.group(1), variables);
    }
    matcher.reset();
    return Trees.NODES.stringNode(
        matcher.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    isVariable(match)
                        ? value(match.group(1), variables).asString()
                        : match.group().substring(1))));
  }

  private static boolean isVariable(MatchResult match) {
    return !match.group().startsWith("$$");
  }

  private static JsonNode value(String name, Variables variables) {
    return variables
        .value(known(name))
        .orElseThrow(() -> new IllegalArgumentException("variable " + name + " has no value"));
  }

  private static Variable known(String name) {
    return Variable.of(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no variable " + name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that && plain == that.plain && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
