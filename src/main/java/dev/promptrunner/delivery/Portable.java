package dev.promptrunner.delivery;

import java.util.regex.Pattern;

/** Keeps what belongs to one machine out of what leaves it. */
final class Portable {
  private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:[\\\\/]|\\\\\\\\|file:/).*");
  private static final Pattern LAST_NAME = Pattern.compile("[^/\\\\]*[/\\\\]*$");
  private static final Pattern UNSAFE = Pattern.compile(".*[/\\\\\\p{Cntrl}].*", Pattern.DOTALL);

  private Portable() {}

  /** The text itself, or the last name of it when it is an absolute path of any system. */
  static String path(String text) {
    if (!ABSOLUTE.matcher(text).matches()) {
      return text;
    }
    var last = LAST_NAME.matcher(text);
    return last.find() ? last.group().replaceAll("[/\\\\]+$", "") : text;
  }

  /**
   * The name, when it can be a file's, an object's and a zip entry's name as it stands.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String fileName(String name) {
    if (name.isBlank() || name.startsWith(".") || UNSAFE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a work's name (no '/', '\\', control characters or '.' in front): '" + name + "'");
    }
    return name;
  }
}
