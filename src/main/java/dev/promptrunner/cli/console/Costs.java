package dev.promptrunner.cli.console;

import dev.promptrunner.base.Dollars;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.util.Optional;

/** What was spent, for the summary: money only where a price is known. */
final class Costs {
  private Costs() {}

  /** {@code 2m 05s of GPU, $0.02, $0.0024 per second of video}. */
  static String ofWork(RunEvent.Spent spent) {
    return Spoken.time(spent.gpu())
        + " of GPU"
        + (spent.dollars() > 0 ? ", " + Dollars.text(spent.dollars()) : "")
        + perSecond(spent);
  }

  /** One line, or none when no server did anything. */
  static Optional<String> ofRun(RunView run) {
    return run.spent()
        .filter(spent -> spent.gpu().isPositive())
        .map(
            spent ->
                "Spent: %s of GPU, idle %d %% of the time%s."
                    .formatted(Spoken.time(spent.gpu()), idlePercent(spent), money(run, spent)));
  }

  private static long idlePercent(RunEvent.Spent spent) {
    double all = seconds(spent.gpu().plus(spent.idle()));
    return all == 0 ? 0 : Math.round(100 * seconds(spent.idle()) / all);
  }

  private static String money(RunView run, RunEvent.Spent spent) {
    if (spent.dollars() <= 0) {
      return "";
    }
    long finished =
        run.works().stream()
            .flatMap(work -> work.spent().stream())
            .filter(share -> share.video().isPositive())
            .count();
    String perFile =
        finished == 0
            ? ""
            : ", %s per prompt file".formatted(Dollars.text(spent.dollars() / finished));
    return ", " + Dollars.text(spent.dollars()) + perFile + perSecond(spent);
  }

  private static String perSecond(RunEvent.Spent spent) {
    return spent.dollars() > 0 && spent.video().isPositive()
        ? ", %s per second of video"
            .formatted(Dollars.text(spent.dollars() / seconds(spent.video())))
        : "";
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
