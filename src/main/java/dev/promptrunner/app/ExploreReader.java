package dev.promptrunner.app;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sweep.Assignments;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Iterations;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.explore.sweep.ShotFolders;
import dev.promptrunner.explore.sweep.ShotTable;
import dev.promptrunner.explore.sweep.SweepFile;
import dev.promptrunner.explore.sweep.SweepTable;
import dev.promptrunner.explore.sweep.Targets;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Png;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads what is to be explored: first without a server, so that nobody waits for one only to hear
 * of a slip of the pen, then with what the server says of its nodes.
 *
 * @param info of the server; empty before it is there
 */
record ExploreReader(Optional<ObjectInfo> info) {
  /**
   * Reads all.
   *
   * @throws Stop with every mistake of files, names, values and shots
   */
  Exploration read(Wish wish) throws Stop {
    return switch (wish) {
      case Wish.Sweep sweep -> sweep(sweep);
      case Wish.Shots shots -> shots(shots);
      case Wish.Iterate iterate -> iterations(iterate);
      case Wish.Once once -> once(once);
    };
  }

  private Exploration sweep(Wish.Sweep wish) throws Stop {
    SweepFile written = good(SweepFile.read(wish.file()));
    Parameters parameters = parameters(written.workflow());
    SweepFile file = good(written.on(parameters.workflow()));
    List<Run> runs = good(new SweepTable(file, parameters).runs());
    return exploration(Exploration.Kind.SWEEP, file, parameters, runs);
  }

  private Exploration shots(Wish.Shots wish) throws Stop {
    SweepFile written = good(SweepFile.read(wish.file()));
    if (written.shots().isEmpty()) {
      throw new Stop(
          Stop.Kind.INPUT,
          new Problem(
              wish.file().toString(),
              "the sweep file has no section shots",
              "",
              "say which parameter gets a shot's prompt, first_frame and last_frame:"
                  + " see docs/exploring.md"));
    }
    Parameters parameters = parameters(written.workflow());
    SweepFile file = good(written.on(parameters.workflow()));
    ShotFolders folders = new ShotFolders(file.shots().orElseThrow(), ExploreReader::size);
    List<Run> runs = good(new ShotTable(file, parameters, good(folders.read())).runs());
    return exploration(Exploration.Kind.SHOTS, file, parameters, runs);
  }

  private Exploration exploration(
      Exploration.Kind kind, SweepFile file, Parameters parameters, List<Run> runs) throws Stop {
    List<String> targets =
        good(new Targets(parameters.workflow(), info).of(file.targets(), file.file().toString()));
    return new Exploration(kind, file.name(), file.file(), parameters, targets, runs, false);
  }

  private Exploration iterations(Wish.Iterate wish) throws Stop {
    Parameters parameters = parameters(wish.file());
    Iterations iterations = new Iterations(parameters, wish.mode(), wish.drawing());
    List<Run> runs = iterations.runs(wish.count(), set(wish.set(), parameters));
    return of(Exploration.Kind.ITERATIONS, wish.file(), parameters, runs, iterations.allAlike());
  }

  private Exploration once(Wish.Once wish) throws Stop {
    Parameters parameters = parameters(wish.file());
    Run run = Run.once(set(wish.set(), parameters));
    return of(Exploration.Kind.GENERATION, wish.file(), parameters, List.of(run), false);
  }

  private static Map<String, JsonNode> set(List<String> written, Parameters parameters)
      throws Stop {
    return good(Assignments.read("--set", written, parameters));
  }

  private Exploration of(
      Exploration.Kind kind, Path file, Parameters parameters, List<Run> runs, boolean salted)
      throws Stop {
    List<String> targets =
        good(new Targets(parameters.workflow(), info).of(List.of(), file.toString()));
    return new Exploration(kind, Exploration.nameOf(file), file, parameters, targets, runs, salted);
  }

  /** The parameters of a workflow. */
  Parameters parameters(Path workflow) throws Stop {
    return Parameters.of(good(Workflow.read(Home.find(workflow))), info);
  }

  /** What is worth telling of a sweep file before it is run: nodes that have other ids now. */
  static List<String> notes(Wish wish, Exploration exploration) throws Stop {
    return switch (wish) {
      case Wish.Sweep(Path file, var _) -> good(SweepFile.read(file)).notes(exploration.workflow());
      case Wish.Shots(Path file, var _) -> good(SweepFile.read(file)).notes(exploration.workflow());
      case Wish.Iterate _, Wish.Once _ -> List.of();
    };
  }

  private static Reading<FrameSize> size(Path image) {
    try {
      return new Reading.Good<>(Png.read(image).size());
    } catch (MediaException e) {
      return Reading.bad(
          new Problem(
              image.toString(),
              "the image cannot be read",
              e.asFailure().found(),
              "save it anew as PNG"));
    }
  }

  static <T> T good(Reading<T> reading) throws Stop {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new Stop(Stop.Kind.INPUT, problems);
    };
  }
}
