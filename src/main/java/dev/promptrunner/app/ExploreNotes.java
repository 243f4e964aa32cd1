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
    boolean delivers = settings.delivery().uri().isPresent();
    if (inPod && !delivers && settings.run().after() == After.AUTO) {
      notes.add(
          "the pod stays up when this has ended and is BILLED, because nothing is delivered: name"
              + " a place with --deliver, or give --after stop to stop it all the same");
    }
    return notes;
  }
}
