package dev.promptrunner.notice;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.util.Locale;

/** Amounts in words. */
final class Say {
  private Say() {}

  static String count(int many, String thing) {
    return many + " " + thing + (many == 1 ? "" : "s");
  }

  /** {@code 2h 05m}, {@code 3m 07s}, {@code 12 s}. */
  static String time(Duration time) {
    if (time.toHours() > 0) {
      return "%dh %02dm".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%dm %02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }

  static String bytes(long bytes) {
    return new ByteSize(Math.max(0, bytes)).toString();
  }

  /** GPU time, idle time where there was some, and dollars where a price is known. */
  static String spent(RunEvent.Spent spent) {
    String idle = spent.idle().isZero() ? "" : ", idle " + time(spent.idle());
    String dollars =
        spent.dollars() > 0 ? String.format(Locale.ROOT, ", $%.2f", spent.dollars()) : "";
    return time(spent.gpu()) + " of GPU" + idle + dollars;
  }
}
