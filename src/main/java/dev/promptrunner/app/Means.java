package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Deadline;
import dev.promptrunner.config.Settings;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.PodDetector;
import dev.promptrunner.pod.Probe;
import dev.promptrunner.pod.SystemProcessRunner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run may use: the pod, its price, and how much of time and money.
 *
 * @param start since when both are counted
 * @param dollarsPerHour what the pod costs; empty when nobody says
 * @param limits empty when the run may take as long as it needs
 */
record Means(
    Pod pod,
    Probe probe,
    Instant start,
    Optional<BigDecimal> dollarsPerHour,
    Optional<Limits> limits) {

  /**
   * Finds the pod, asks it once, and fixes the limits from now on.
   *
   * @throws Stop when a limit cannot be held
   */
  static Means of(Parts parts, Settings settings)
      throws Stop, FailureException, InterruptedException {
    Instant start = parts.clock().instant();
    Pod pod =
        new PodDetector(new SystemProcessRunner(), parts.clock(), parts.sleeper())
            .detect(parts.environment(), settings.pod());
    Probe probe = pod.canStop();
    Optional<BigDecimal> price = settings.pod().dollarsPerHour().or(() -> asked(probe));
    List<Limit> limits = new ArrayList<>();
    if (settings.limits().deadline().isPresent()) {
      limits.add(time(settings.limits().deadline().get(), start));
    }
    if (settings.limits().budget().isPresent()) {
      limits.add(money(settings.limits().budget().get(), price, start, probe));
    }
    return new Means(
        pod,
        probe,
        start,
        price,
        limits.isEmpty() ? Optional.empty() : Optional.of(new Limits(limits)));
  }

  private static Optional<BigDecimal> asked(Probe probe) {
    return probe.dollarsPerHour().stream()
        .filter(price -> price > 0)
        .mapToObj(BigDecimal::valueOf)
        .findFirst();
  }

  private static Limit time(Deadline deadline, Instant start) throws Stop {
    Instant until = deadline.from(start, ZoneId.systemDefault());
    if (!until.isAfter(start)) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "deadline",
              "this moment has passed already",
              until.toString(),
              "name a later one, a time of day (08:00), or a time from now (6h)"));
    }
    return new Limit.Time(start, until);
  }

  private static Limit money(
      BigDecimal budget, Optional<BigDecimal> price, Instant start, Probe probe) throws Stop {
    if (price.isEmpty()) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "budget",
              "nobody says what this machine costs an hour (" + probe.words() + ")",
              budget.toPlainString(),
              "set pod.price-per-hour, such as 0.69, or give a --deadline instead"));
    }
    return new Limit.Money(start, budget, price.get());
  }
}
