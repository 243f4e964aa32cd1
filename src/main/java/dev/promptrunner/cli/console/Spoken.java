package dev.promptrunner.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person says them. */
public final class Spoken {
  private Spoken() {}

  /** {@code 0.4 s}, {@code 12 s}, {@code 3m 05s}, {@code 2h 07m}, {@code 3d 04h}. */
  public static String time(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 10) {
      double exact = Math.max(0, duration.toMillis()) / 1000.0;
      return String.format(Locale.ROOT, "%.1f s", Math.floor(exact * 10) / 10);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    long minutes = seconds / 60;
    return minutes < 24 * 60
        ? two(minutes / 60, "h", minutes % 60, "m")
        : two(minutes / (24 * 60), "d", minutes / 60 % 24, "h");
  }

  /** {@code 1 prompt file}, {@code 4 prompt files}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 0.42 frames/s}; three figures at most. */
  static String rate(double framesPerSecond) {
    int digits = framesPerSecond < 10 ? 2 : framesPerSecond < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f frames/s", framesPerSecond);
  }

  private static String two(long big, String bigUnit, long small, String smallUnit) {
    return String.format(Locale.ROOT, "%d%s %02d%s", big, bigUnit, small, smallUnit);
  }
}
