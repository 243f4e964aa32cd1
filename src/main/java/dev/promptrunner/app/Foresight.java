package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.metrics.MachineMemory;
import dev.promptrunner.plan.PictureMemory;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.workflow.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What can be foreseen of a plan before money is spent on it. */
final class Foresight {
  private Foresight() {}

  /** The plan with a note for each prompt file that needs more memory than this machine has. */
  static Planned noted(Planned planned, Recipe recipe, Settings settings) {
    OptionalLong available = MachineMemory.here().available();
    if (available.isEmpty() || !rendersHere(settings)) {
      return planned;
    }
    List<Problem> notes = new ArrayList<>(planned.notes());
    notes.addAll(notes(planned.plan(), new PictureMemory(recipe.numbers()), available.getAsLong()));
    return new Planned(planned.plan(), planned.problems(), notes);
  }

  private static List<Problem> notes(Plan plan, PictureMemory memory, long available) {
    return plan.works().stream().flatMap(work -> memory.note(work, available).stream()).toList();
  }

  /** Another machine's memory is not known, and the simulator holds no pictures of this size. */
  private static boolean rendersHere(Settings settings) {
    return settings.run().engine() == RunConfig.Engine.COMFYUI
        && settings.servers().servers().stream()
            .map(server -> String.valueOf(server.url().getHost()))
            .allMatch(host -> List.of("127.0.0.1", "localhost", "[::1]").contains(host));
  }
}
