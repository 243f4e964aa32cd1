package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values as YAML on one line. */
final class YamlText {
  private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on");

  private static final int LAST_PLAIN = 0xffff;

  private YamlText() {}

  /** JSON is YAML, but for characters that YAML does not print and for what is no number. */
  static String value(JsonNode value) {
    if (value.isNumber() && Literals.number(value).isEmpty()) {
      return switch (value.asString()) {
        case "Infinity" -> ".inf";
        case "-Infinity" -> "-.inf";
        default -> ".nan";
      };
    }
    return escaped(value.toString());
  }

  static String text(String text) {
    return value(JsonNodeFactory.instance.stringNode(text));
  }

  /** Without an exponent and without zeros at the end. */
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** A name of ours; quoted only where YAML would read something else. */
  static String key(String name) {
    return RESERVED.contains(name) ? text(name) : name;
  }

  /**
   * Text for a comment: one line, with nothing that ends it; what YAML does not print is left out.
   */
  static String comment(String text) {
    StringBuilder printed = new StringBuilder();
    text.replaceAll("\\s+", " ")
        .codePoints()
        .filter(YamlText::isPrinted)
        .forEach(printed::appendCodePoint);
    return printed.toString().strip();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPrinted(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append((c > LAST_PLAIN ? "\\U%08x" : "\\u%04x").formatted(c));
              }
            });
    return escaped.toString();
  }

  /**
   * Letters beyond the first 65,536 are allowed but escaped all the same: snakeyaml-engine 3.0.1
   * fails on one that lies across a multiple of its buffer.
   */
  private static boolean isPrinted(int c) {
    return (c >= ' ' && c < 0x7f)
        || (c > 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c < LAST_PLAIN - 1 && c != 0xfeff);
  }
}
