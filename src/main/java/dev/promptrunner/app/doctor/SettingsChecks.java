package dev.promptrunner.app.doctor;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.Probe;
import dev.promptrunner.prompt.PromptFiles;
import dev.promptrunner.prompt.PromptFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Settings that are each right and together not what anybody wants. */
final class SettingsChecks {
  private static final String NAME = "settings";
  static final String BUDGET = "budget";

  /** Nobody has to be asked. */
  private static final Probe SET = new Probe(false, "set", OptionalDouble.empty());

  private static final String FILES = "prompt files";

  private SettingsChecks() {}

  /**
   * What does not fit together.
   *
   * @param insidePod whether this is a pod that can be ended
   * @param now when a run would start
   */
  static List<Finding> fit(Settings settings, boolean insidePod, Instant now) {
    RunConfig run = settings.run();
    boolean delivers = settings.delivery().uri().isPresent();
    List<Finding> findings = new ArrayList<>();
    if (run.watch()
        && run.idleExit().isEmpty()
        && run.after().decided(insidePod, delivers) != After.NONE) {
      findings.add(
          warning(
              "--watch without --idle-exit never ends, so the pod is never stopped",
              "add --idle-exit 30m, or end the run yourself"));
    }
    boolean bucket = settings.delivery().uri().filter(uri -> uri.startsWith("gs:")).isPresent();
    if (run.engine() == RunConfig.Engine.SIMULATOR && bucket) {
      findings.add(
          warning(
              "the simulator's test pictures would go to " + settings.delivery().uri().get(),
              "leave out --engine simulator, or deliver to a folder while trying"));
    }
    settings
        .limits()
        .deadline()
        .map(deadline -> deadline.from(now, ZoneId.systemDefault()))
        .filter(until -> !until.isAfter(now))
        .ifPresent(until -> findings.add(passed(until)));
    if (findings.isEmpty()) {
      findings.add(Finding.ok(Area.SETTINGS, NAME, "fit together"));
    }
    return findings;
  }

  private static Finding passed(Instant until) {
    return Finding.problem(
        Area.SETTINGS,
        NAME,
        "the deadline " + until + " has passed already: no run would start",
        "name a later one, a time of day (08:00), or a time from now (6h)");
  }

  private static Finding warning(String found, String remedy) {
    return Finding.warning(Area.SETTINGS, NAME, found, remedy);
  }

  /** Whether somebody tells what an hour costs; no line without a budget. */
  static List<Finding> budget(Settings settings, Pod pod) throws InterruptedException {
    Optional<BigDecimal> budget = settings.limits().budget();
    if (budget.isEmpty()) {
      return List.of();
    }
    Optional<BigDecimal> set = settings.pod().dollarsPerHour();
    Probe probe = set.isPresent() ? SET : pod.canStop();
    double price = set.map(BigDecimal::doubleValue).orElse(probe.dollarsPerHour().orElse(0));
    return List.of(
        price > 0
            ? Finding.ok(Area.SETTINGS, BUDGET, lasts(budget.get(), price))
            : Finding.problem(
                Area.SETTINGS,
                BUDGET,
                "$%s, but nobody says what this machine costs an hour (%s): no run would start"
                    .formatted(budget.get().toPlainString(), probe.words()),
                "set pod.price-per-hour, such as 0.69, or give a --deadline instead"));
  }

  private static String lasts(BigDecimal budget, double price) {
    return String.format(
        Locale.ROOT,
        "$%s last %.1f h at $%.2f an hour",
        budget.toPlainString(),
        budget.doubleValue() / price,
        price);
  }

  /** Whether they can be read; their control videos are the plan's to measure. */
  static Finding promptFiles(List<Path> paths) {
    PromptFiles files = PromptFolder.read(paths);
    String where = String.join(", ", paths.stream().map(Path::toString).toList());
    String usable = "%s: %d can be used".formatted(where, files.good().size());
    if (files.problems().isEmpty()) {
      return Finding.ok(Area.SETTINGS, FILES, usable);
    }
    Problem first = files.problems().getFirst();
    return Finding.warning(
        Area.SETTINGS,
        FILES,
        "%s, %d cannot; the first: %s: %s"
            .formatted(usable, files.bad().size(), first.where(), first.what()),
        first.remedy() + " ('prompt-runner plan' with the same paths lists them all)");
  }
}
