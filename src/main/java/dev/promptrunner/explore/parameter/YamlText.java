package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values as YAML on one line. */
final class YamlText {
  private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on");

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

  /** Text for a comment: one line, with nothing that ends it. */
  static String comment(String text) {
    return escaped(text.replaceAll("\\s+", " ").strip());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPrinted(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append("\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }

  private static boolean isPrinted(int c) {
    return (c >= ' ' && c < 0x7f)
        || (c > 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c < 0xfeff)
        || (c > 0xfeff && c < 0xfffe)
        || c > 0xffff;
  }
}
