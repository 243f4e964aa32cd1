package dev.promptrunner.explore.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the seeds of several renders follow each other. */
public enum SeedMode {
  /** Drawn, no two alike. */
  RANDOM,
  /** Each one more than the one before; after the greatest comes the least. */
  INCREMENT,
  /** All the same. */
  FIXED;

  /** As a sweep file has it: {@code random}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SeedMode> of(String key) {
    return Arrays.stream(values()).filter(mode -> mode.key().equals(key)).findFirst();
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(SeedMode::key).toList();
  }
}
