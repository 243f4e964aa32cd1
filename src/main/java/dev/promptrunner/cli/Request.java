package dev.promptrunner.cli;

import dev.promptrunner.app.Wish;
import dev.promptrunner.cli.console.ConsoleForm;
import dev.promptrunner.explore.sweep.Exploration;
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

  /**
   * Ends the run on an output folder.
   *
   * @param finish whether what is being rendered is finished first
   */
  record Cancel(Common common, boolean finish) implements Request {}

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

  /**
   * Tells what of a workflow can be set.
   *
   * @param server whether the settings' server is asked
   * @param objectInfo a file with what a server said
   * @param out the sweep file to write
   * @param set changed parameters, as {@code NAME=VALUE}
   * @param run whether the workflow is run with them
   */
  record Analyze(
      Common common,
      Path workflow,
      boolean server,
      Optional<Path> objectInfo,
      Optional<Path> out,
      List<String> set,
      boolean run)
      implements Request {
    public Analyze {
      set = List.copyOf(set);
    }
  }

  /**
   * Runs an exploration, or shows what it would do.
   *
   * @param yes whether nobody is asked before much is rendered
   */
  record Explore(Common common, Wish wish, Exploration.Kind kind, boolean dryRun, boolean yes)
      implements Request {}

  /** Makes a page, and files to send, of a folder of results. */
  record Sheet(Common common, Path folder, Optional<Path> reference, boolean pdf, boolean png)
      implements Request {}

  /**
   * Ranks a folder of results.
   *
   * @param weights as typed, such as {@code sharpness=2,flicker=-1}
   * @param top how many are shown, ≥ 1
   */
  record Best(
      Common common, Path folder, Optional<Path> reference, Optional<String> weights, int top)
      implements Request {}

  /** Serves the simulator until it is stopped. */
  record Simulator(Common common) implements Request {}
}
