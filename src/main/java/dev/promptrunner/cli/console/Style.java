package dev.promptrunner.cli.console;

import java.util.Map;

/**
 * Colours, or none: the text is the same in both, so colour alone never says anything.
 *
 * @param coloured whether escape sequences are written
 */
public record Style(boolean coloured) {
  public static final Style PLAIN = new Style(false);

  /**
   * Colours on a terminal, unless refused by {@code --no-color} or by a {@code NO_COLOR} that is
   * not empty (no-color.org).
   */
  public static Style choose(boolean noColor, boolean terminal, Map<String, String> environment) {
    boolean refused = noColor || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Style(terminal && !refused);
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String careful(String text) {
    return paint("33", text);
  }

  public String strong(String text) {
    return paint("1", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
