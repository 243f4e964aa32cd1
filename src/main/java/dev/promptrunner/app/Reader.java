package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Seeds;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Recipe;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a plan is made with, all mistakes of one thing together. */
record Reader(Settings settings) {
  Recipe recipe() throws Stop {
    Path file = Home.find(settings.run().recipe());
    return good(Stop.Kind.INPUT, Recipe.read(file));
  }

  PlanSettings planSettings() throws Stop {
    return good(Stop.Kind.CONFIGURATION, PlanSettingsOf.settings(settings));
  }

  /** Further videos of a prompt file have seeds that are drawn, the same ones on every run. */
  Planner planner(Recipe recipe, PlanSettings plan) {
    int iterations = settings.render().iterations();
    Set<BigInteger> seeds = new LinkedHashSet<>(List.of(Planner.usualSeed(plan)));
    List<BigInteger> drawn = Seeds.of(SeedMode.RANDOM, Optional.empty(), iterations, 1);
    drawn.stream().limit(iterations - 1L).forEach(seeds::add);
    // One of them may be the usual seed itself.
    drawn.stream().skip(iterations - 1L).limit(iterations - seeds.size()).forEach(seeds::add);
    return new Planner(recipe, plan, List.copyOf(seeds));
  }

  private static <T> T good(Stop.Kind kind, Reading<T> reading) throws Stop {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new Stop(kind, problems);
    };
  }
}
