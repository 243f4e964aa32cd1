package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Recipe;
import java.nio.file.Path;
import java.util.List;

/** Reads what a plan is made with, all mistakes of one thing together. */
record Reader(Settings settings) {
  Recipe recipe() throws Stop {
    Path file = Home.find(settings.run().recipe());
    return good(Stop.Kind.INPUT, Recipe.read(file));
  }

  PlanSettings planSettings() throws Stop {
    return good(Stop.Kind.CONFIGURATION, PlanSettingsOf.settings(settings));
  }

  private static <T> T good(Stop.Kind kind, Reading<T> reading) throws Stop {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new Stop(kind, problems);
    };
  }
}
