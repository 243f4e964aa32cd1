package dev.promptrunner.chaos;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What may happen at a moment, and how often in relation to the others. */
enum Mischief {
  KILL_RUNNER("kill -9 of the runner", 10),
  KILL_SERVER("kill -9 of the server", 4),
  KILL_BOTH("kill -9 of both", 1),
  TERMINATE_RUNNER("SIGTERM of the runner", 2),
  FREEZE_RUNNER("runner frozen", 1),
  FREEZE_SERVER("server frozen", 1),
  STORE_OUTAGE("store outage", 2),
  FULL_DISK("disk full", 1);

  private static final int ALL = Arrays.stream(values()).mapToInt(one -> one.weight).sum();

  private final String words;
  private final int weight;

  Mischief(String words, int weight) {
    this.words = words;
    this.weight = weight;
  }

  String words() {
    return words;
  }

  static Mischief pick(RandomGenerator random) {
    int at = random.nextInt(ALL);
    for (Mischief one : values()) {
      at -= one.weight;
      if (at < 0) {
        return one;
      }
    }
    throw new IllegalStateException("the weights do not add up to " + ALL);
  }
}
