package dev.promptrunner.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a setting is when nobody says anything.
 *
 * @param text the value, empty for "not set"
 * @param elsewhere another value on machines that have a certain folder
 */
record DefaultValue(String text, Optional<OnMachine> elsewhere) {
  /**
   * @param folder the folder that tells such a machine
   * @param text the value there
   */
  record OnMachine(Path folder, String text) {}

  static DefaultValue of(String text) {
    return new DefaultValue(text, Optional.empty());
  }

  /** Like {@code this}, but another value where the folder exists. */
  DefaultValue orWhere(String folder, String other) {
    return new DefaultValue(text, Optional.of(new OnMachine(Path.of(folder), other)));
  }

  String on(Predicate<Path> exists) {
    return elsewhere.filter(m -> exists.test(m.folder())).map(OnMachine::text).orElse(text);
  }

  /** For the documentation: both values. */
  String describe() {
    String plain = text.isEmpty() ? "–" : "`" + text + "`";
    return elsewhere
        .map(m -> plain + "; where `" + m.folder() + "` exists `" + m.text() + "`")
        .orElse(plain);
  }
}
