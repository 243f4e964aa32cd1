package dev.promptrunner.config;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names that look like settings and are none: a mistyped one must not be passed over. */
final class Unknown {
  private static final String PREFIX = "PROMPT_RUNNER_";

  private Unknown() {}

  static List<Problem> variables(Sources sources) {
    List<String> known =
        Stream.concat(
                Stream.of(ConfigFile.VARIABLE),
                Keys.ALL.stream().map(key -> key.variables().getFirst()))
            .toList();
    return sources.environment().keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .sorted()
        .map(name -> problem(name, Nearest.to(name, known)))
        .toList();
  }

  private static Problem problem(String name, Optional<String> nearest) {
    return new Problem("environment", "there is no such setting", name, remedy(nearest));
  }

  static String remedy(Optional<String> nearest) {
    return nearest
        .map(name -> "did you mean " + name + "?")
        .orElse("remove it; 'prompt-runner config show' lists all settings");
  }
}
