package dev.promptrunner.app;

import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.Sources;
import dev.promptrunner.testing.ManualTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Settings and a world for jobs that need no server. */
final class ExploreSettings {
  private ExploreSettings() {}

  static Settings output(Path root) throws Exception {
    return Settings.of(
        Resolver.resolve(
            new Sources(
                Map.of("output", List.of(root.toString())),
                Map.of(),
                Optional.empty(),
                root,
                _ -> true)));
  }

  static Parts parts() {
    ManualTime time = new ManualTime(Explorations.NOW);
    return new Parts(time, time, new Random(1), Map.of());
  }
}
