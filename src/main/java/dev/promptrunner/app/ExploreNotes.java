package dev.promptrunner.app;

import dev.promptrunner.config.Settings;
import dev.promptrunner.pod.After;
import java.util.ArrayList;
import java.util.List;

/** What is worth knowing before an exploration begins, because a run of prompt files differs. */
final class ExploreNotes {
  private ExploreNotes() {}

  /**
   * @param ofFile what the sweep file itself gives rise to
   * @param inPod whether a pod that can be ended was found
   */
  static List<String> of(List<String> ofFile, Settings settings, boolean inPod) {
    List<String> notes = new ArrayList<>(ofFile);
    settings
        .delivery()
        .uri()
        .ifPresent(
            uri ->
                notes.add(
                    "results of explorations are not delivered to %s: they stay in %s; copy each with --on-finished"
                        .formatted(uri, settings.run().output())));
    if (inPod && settings.run().after() == After.AUTO) {
      notes.add(
          "the pod stays up when this has ended and is BILLED, because nothing is delivered: give"
              + " --after stop to stop it");
    }
    return notes;
  }
}
