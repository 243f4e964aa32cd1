package dev.promptrunner.explore.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Along what a continuous dimension is even. */
public enum Scale {
  /** Along its values. */
  LINEAR,
  /** Along their logarithms: as many points from 0.01 to 0.1 as from 0.1 to 1. */
  LOG;

  /** As a sweep file has it: {@code log}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scale> of(String key) {
    return Arrays.stream(values()).filter(scale -> scale.key().equals(key)).findFirst();
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Scale::key).toList();
  }
}
