package dev.promptrunner.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param seed of every decision
 * @param time after which no further round begins; a round that runs is brought to its end
 * @param kills the same by the number of kills; without it the time alone counts
 */
record ChaosOptions(long seed, Duration time, Optional<Integer> kills) {
  static final String USAGE = "scripts/chaos --seed N --minutes M [--kills K]";
  private static final Duration USUAL = Duration.ofMinutes(5);

  /** Long enough for any number of kills. */
  private static final Duration FOR_KILLS = Duration.ofHours(6);

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the word that is wrong
   */
  static ChaosOptions parse(String... arguments) {
    long seed = 1;
    Optional<Duration> time = Optional.empty();
    Optional<Integer> kills = Optional.empty();
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      String word = words.remove();
      switch (word) {
        case "--seed" -> seed = number(word, words);
        case "--minutes" -> time = Optional.of(Duration.ofMinutes(number(word, words)));
        case "--kills" -> kills = Optional.of(Math.toIntExact(number(word, words)));
        default -> throw new IllegalArgumentException("unknown: " + word + "; write " + USAGE);
      }
    }
    return new ChaosOptions(seed, time.orElse(kills.isPresent() ? FOR_KILLS : USUAL), kills);
  }

  private static long number(String word, Deque<String> words) {
    String text = words.isEmpty() ? "" : words.remove();
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          word + " needs a number, found '" + text + "'; write " + USAGE);
    }
    return Long.parseLong(text);
  }

  /** The command that makes the same decisions again. */
  String again() {
    return "scripts/chaos --seed "
        + seed
        + kills
            .map(number -> " --kills " + number)
            .orElseGet(() -> " --minutes " + time.toMinutes());
  }
}
