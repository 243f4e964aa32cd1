package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Holds one value against what a server takes at an input.
 *
 * @param where the node, for messages
 * @param spec what is taken
 * @param place where the value is written: a line of the recipe, or the workflow
 */
record ValueCheck(String where, ObjectInfo info, InputSpec spec, String place) {
  private static final Set<String> PLAIN = Set.of("INT", "FLOAT", "STRING", "BOOLEAN", "*");
  private static final Pattern MODEL =
      Pattern.compile("(?i).+\\.(safetensors|gguf|ckpt|pth|pt|bin|onnx|sft)");

  Optional<Problem> problem(JsonNode value) {
    if (value.isNull() || value.isContainer() || (value.isNumber() && !Trees.isFinite(value))) {
      return Optional.empty();
    }
    if (spec.choices().isPresent()) {
      return choiceProblem(value, spec.choices().get());
    }
    return switch (spec.type()) {
      case "INT" -> numberProblem(value, true);
      case "FLOAT" -> numberProblem(value, false);
      default ->
          PLAIN.contains(spec.type()) || !info.isMade(spec.type())
              ? Optional.empty()
              : told(
                  "takes a link of type " + spec.type(),
                  value,
                  "connect it in the editor and export again");
    };
  }

  private Optional<Problem> numberProblem(JsonNode value, boolean whole) {
    Optional<BigDecimal> number = number(value);
    if (number.isEmpty()) {
      return told("takes a number", value, "write one " + at());
    }
    if (whole && number.get().stripTrailingZeros().scale() > 0) {
      return told("takes a whole number", value, "write one " + at());
    }
    if (spec.min().filter(min -> number.get().compareTo(min) < 0).isPresent()) {
      return told("takes no number under " + plain(spec.min()), value, "write a larger " + at());
    }
    if (spec.max().filter(max -> number.get().compareTo(max) > 0).isPresent()) {
      return told("takes no number over " + plain(spec.max()), value, "write a smaller " + at());
    }
    return Optional.empty();
  }

  /** As a server converts it: text that is a number, true and false as 1 and 0. */
  private static Optional<BigDecimal> number(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO);
    }
    try {
      return Optional.of(new BigDecimal(value.asString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Problem> choiceProblem(JsonNode value, List<JsonNode> choices) {
    if (choices.stream().anyMatch(choice -> same(choice, value))) {
      return Optional.empty();
    }
    List<String> names = choices.stream().map(JsonNode::asString).toList();
    if (value.isString() && MODEL.matcher(value.stringValue()).matches()) {
      return told(
          "names a file that the server does not have",
          value,
          modelRemedy(value.asString(), names));
    }
    String remedy =
        Nearest.to(value.asString(), names)
            .map(name -> "write '" + name + "' " + at())
            .orElse(listed(names));
    return told("takes one of a list", value, remedy);
  }

  /** The same file in another folder is most likely the one that was meant. */
  private String modelRemedy(String wanted, List<String> names) {
    Optional<String> near =
        names.stream()
            .filter(name -> baseName(name).equalsIgnoreCase(baseName(wanted)))
            .findFirst()
            .or(() -> Nearest.to(wanted, names));
    return "put the file into the server's models folder or name another "
        + at()
        + near.map(name -> "; the nearest it has is '" + name + "'").orElse("");
  }

  private static String baseName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private String listed(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(12, names.size())));
    return names.isEmpty()
        ? "the server's list is empty"
        : "write one of " + shown + (names.size() > 12 ? ", … " : " ") + at();
  }

  /** Python finds 1 in a list that holds 1.0, but not "1". */
  private static boolean same(JsonNode choice, JsonNode value) {
    return (Trees.isFinite(choice) && Trees.isFinite(value))
        ? choice.decimalValue().compareTo(value.decimalValue()) == 0
        : choice.equals(value);
  }

  private Optional<Problem> told(String what, JsonNode value, String remedy) {
    return Optional.of(
        new Problem(where, "input " + spec.name() + " " + what, value.asString(), remedy));
  }

  private String at() {
    return "(" + place + ")";
  }

  private static String plain(Optional<BigDecimal> number) {
    return number.map(BigDecimal::toPlainString).orElse("");
  }
}
