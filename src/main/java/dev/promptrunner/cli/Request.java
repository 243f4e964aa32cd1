package dev.promptrunner.cli;

import dev.promptrunner.cli.console.ConsoleForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command line asks for, before settings are resolved. */
public sealed interface Request {
  /** What every command has. */
  Common common();

  /**
   * Given with any command.
   *
   * @param config the file of {@code --config}; empty for {@code prompt-runner.yaml} when it exists
   * @param overrides what the line says of settings, by their keys, such as {@code
   *     frames-per-chunk}; as written and in order; {@code prompt-files} for the paths
   * @param json whether a program reads the answer
   * @param noColor whether {@code --no-color} was given
   */
  record Common(
      Optional<Path> config, Map<String, List<String>> overrides, boolean json, boolean noColor) {
    public Common {
      overrides = Map.copyOf(overrides);
    }

    /** The form of a run's console; see {@link ConsoleForm#choose}. */
    public ConsoleForm form(boolean terminal, Map<String, String> environment) {
      return ConsoleForm.choose(json, terminal, environment);
    }
  }

  /** Renders and delivers. */
  record Run(Common common) implements Request {}

  /**
   * Shows what a run would do.
   *
   * @param out the folder for every job's workflow as it would be sent
   */
  record ShowPlan(Common common, Optional<Path> out) implements Request {}

  record Status(Common common) implements Request {}

  /**
   * Tells why a job was or was not done again.
   *
   * @param job as typed, such as {@code walk_3f2a91c0/job_003}
   */
  record Why(Common common, String job) implements Request {}

  record Retry(Common common) implements Request {}

  record Cancel(Common common) implements Request {}

  record RecipeCheck(Common common) implements Request {}

  /** Looks at everything that a run relies on. */
  record Doctor(Common common) implements Request {}

  record ConfigShow(Common common) implements Request {}

  /** Starts, stops or shows ComfyUI's processes. */
  record Comfyui(Common common, Action action) implements Request {
    /** What is done to every server of the settings. */
    public enum Action {
      START,
      STOP,
      RESTART,
      STATUS
    }
  }

  /** Serves the simulator until it is stopped. */
  record Simulator(Common common) implements Request {}
}
