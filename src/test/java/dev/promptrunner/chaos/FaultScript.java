package dev.promptrunner.chaos;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Faults for one life of the simulator, in its own words. */
final class FaultScript {
  /** Most cost a moment; a hang costs until the program calls it stalled. */
  private static final List<String> QUICK =
      List.of(
          "oom@%d",
          "drop-socket@%d",
          "crash@%d",
          "slow@%d:700ms",
          "500@%dx2",
          "lose-history@%d",
          "deaf@%d",
          "truncate-video@%d");

  private static final List<String> LONG = List.of("hang@%d", "freeze@%d");
  private static final int JOBS = 8;

  private FaultScript() {}

  /** Half of all lives have none. */
  static String pick(RandomGenerator random) {
    int faults = Math.max(0, random.nextInt(6) - 2);
    return IntStream.range(0, faults)
        .mapToObj(_ -> fault(random))
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static String fault(RandomGenerator random) {
    List<String> kinds = random.nextInt(12) == 0 ? LONG : QUICK;
    return kinds.get(random.nextInt(kinds.size())).formatted(1 + random.nextInt(JOBS));
  }
}
