package dev.promptrunner.app.doctor;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.pod.After;
import dev.promptrunner.prompt.PromptFiles;
import dev.promptrunner.prompt.PromptFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings that are each right and together not what anybody wants. */
final class SettingsChecks {
  private static final String NAME = "settings";
  private static final String FILES = "prompt files";

  private SettingsChecks() {}

  /**
   * What does not fit together.
   *
   * @param insidePod whether this is a pod that can be ended
   */
  static List<Finding> fit(Settings settings, boolean insidePod) {
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
    if (findings.isEmpty()) {
      findings.add(Finding.ok(Area.SETTINGS, NAME, "fit together"));
    }
    return findings;
  }

  private static Finding warning(String found, String remedy) {
    return Finding.warning(Area.SETTINGS, NAME, found, remedy);
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
