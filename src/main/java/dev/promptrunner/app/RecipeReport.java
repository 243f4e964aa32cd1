package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.workflow.Recipe;
import java.time.Duration;
import java.util.List;

/** Checks a recipe against its workflow files and, where there is one, against a server. */
public final class RecipeReport {
  private RecipeReport() {}

  /** All that does not fit; empty for a recipe that can be used. */
  public static List<Problem> problems(Parts parts, Settings settings, boolean online)
      throws Stop, FailureException, InterruptedException {
    Recipe recipe = new Reader(settings).recipe();
    if (!online) {
      return List.of();
    }
    try (Engine engine = Engine.open(parts, settings)) {
      // Who asks about a server does not wait for one that is not there.
      engine.awaitReady(Duration.ZERO);
      engine.requireAll();
      return engine.problems(recipe);
    }
  }
}
