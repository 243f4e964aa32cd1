package dev.promptrunner.cli;

import dev.promptrunner.app.KnownSecrets;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.PlanJob;
import dev.promptrunner.app.RecipeReport;
import dev.promptrunner.app.Retry;
import dev.promptrunner.app.SimulatorJob;
import dev.promptrunner.app.StateText;
import dev.promptrunner.app.Stop;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.config.ConfigException;
import dev.promptrunner.config.Resolved;
import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.Sources;
import dev.promptrunner.plan.Pace;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commands, each on settings resolved from flags, environment and file. */
final class ProgramCommands implements Commands {
  private final Parts parts;
  private final Streams streams;
  private final PrintStream out;
  private final PrintStream err;

  ProgramCommands(Parts parts, Streams streams) {
    this.parts = parts;
    this.streams = streams;
    this.out = streams.out();
    this.err = streams.err();
  }

  /** A command's own part, once settings are known to be good. */
  @FunctionalInterface
  private interface Body {
    ExitCode run(Settings settings) throws Stop, FailureException, InterruptedException;
  }

  @Override
  public ExitCode run(Request.Run request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings ->
            new RunCommand(parts, settings, request.common(), streams)
                .run(settings.run().promptFiles()));
  }

  @Override
  public ExitCode retry(Request.Retry request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          List<Path> failed = Retry.failed(parts, settings);
          if (failed.isEmpty()) {
            out.println("no prompt file of " + settings.run().output() + " has failed");
            return ExitCode.DELIVERED;
          }
          return new RunCommand(parts, settings, request.common(), streams).run(failed);
        });
  }

  @Override
  public ExitCode plan(Request.ShowPlan request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          PlanJob job = new PlanJob(settings);
          PlanJob.Result result = job.plan(settings.run().promptFiles());
          int works = result.planned().plan().works().size();
          err.print(ProblemReport.ofFiles(result.problems(), works));
          err.flush();
          result.planned().notes().forEach(note -> err.println("note: " + note));
          if (request.common().json()) {
            out.print(new PlanJson().text(result.planned().plan()));
          } else if (works > 0) {
            out.print(new PlanTable(style(request.common())).text(result.planned().plan()));
            result.expected().map(ProgramCommands::expected).ifPresent(out::println);
          }
          out.flush();
          if (request.out().isPresent()) {
            int written = job.write(result.planned(), request.out().get());
            err.println(written + " workflows written to " + request.out().get());
          }
          return ofProblems(result.problems(), works);
        });
  }

  private static String expected(Pace.Expected expected) {
    return "about %s of server time are left for %s, as %s of this plan took before"
        .formatted(
            Spoken.time(expected.time()),
            Spoken.count(expected.jobs(), "job"),
            Spoken.count(expected.from(), "job"));
  }

  private static ExitCode ofProblems(List<Problem> problems, int works) {
    if (problems.isEmpty()) {
      return ExitCode.DELIVERED;
    }
    return works == 0 ? ExitCode.BAD_INPUT : ExitCode.SOME_FAILED;
  }

  @Override
  public ExitCode status(Request.Status request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          StateText state = new StateText(settings.run().output());
          out.print(request.common().json() ? state.statusJson() : state.status());
          out.flush();
          return ExitCode.DELIVERED;
        });
  }

  @Override
  public ExitCode why(Request.Why request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          Path output = settings.run().output();
          StateText state = new StateText(output);
          Optional<String> why = state.why(request.job());
          if (why.isEmpty()) {
            err.println(
                state.isEmpty()
                    ? "nothing has run in %s yet: give the folder of a run with --output"
                        .formatted(output)
                    : "no job of %s is named '%s': 'status' and 'plan' list them"
                        .formatted(output, request.job()));
            return ExitCode.WRONG_USAGE;
          }
          out.print(why.get());
          out.flush();
          return ExitCode.DELIVERED;
        });
  }

  @Override
  public ExitCode cancel(Request.Cancel request) throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          Optional<ProcessHandle> running =
              new StateText(settings.run().output()).runningProcess().flatMap(ProcessHandle::of);
          if (running.isEmpty()) {
            out.println("nothing runs on " + settings.run().output());
            return ExitCode.DELIVERED;
          }
          long pid = running.get().pid();
          if (request.finish()) {
            return finish(pid);
          }
          running.get().destroy();
          out.println(
              "asked process %d to end; the same command goes on from where it was".formatted(pid));
          return ExitCode.DELIVERED;
        });
  }

  private ExitCode finish(long pid) throws Stop, InterruptedException {
    if (!FinishRequest.send(pid)) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "--finish-running",
              "the process does not listen for it",
              Long.toString(pid),
              "try again when it renders, or leave --finish-running out to end it now"));
    }
    out.println(
        ("asked process %d to finish what is being rendered and begin nothing more; the same"
                + " command goes on from there")
            .formatted(pid));
    return ExitCode.DELIVERED;
  }

  @Override
  public ExitCode recipeCheck(Request.RecipeCheck request)
      throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          boolean online =
              request.common().overrides().containsKey("comfyui.url")
                  || request.common().overrides().containsKey("engine");
          List<Problem> problems = RecipeReport.problems(parts, settings, online);
          if (problems.isEmpty()) {
            out.println(
                settings.run().recipe()
                    + (online
                        ? " fits its workflows and the server"
                        : " fits its workflows; give --comfyui URL to check it on a server"));
            return ExitCode.DELIVERED;
          }
          throw new Stop(Stop.Kind.INPUT, problems);
        });
  }

  /** Wrong settings are a finding like others: the machine is looked at all the same. */
  @Override
  public ExitCode doctor(Request.Doctor request) throws InterruptedException {
    DoctorCommand doctor = new DoctorCommand(parts, request.common(), streams);
    try {
      return doctor.run(Settings.of(resolve(request.common())));
    } catch (ConfigException e) {
      return doctor.run(e.problems());
    }
  }

  @Override
  public ExitCode configShow(Request.ConfigShow request) {
    try {
      resolve(request.common())
          .rows()
          .forEach(row -> out.printf("%-24s %-48s %s%n", row.name(), row.value(), row.origin()));
      return ExitCode.DELIVERED;
    } catch (ConfigException e) {
      return wrong(e.problems());
    }
  }

  @Override
  public ExitCode comfyui(Request.Comfyui request) throws FailureException, InterruptedException {
    return with(
        request.common(), settings -> new ComfyCommands(parts, streams).run(settings, request));
  }

  @Override
  public ExitCode simulator(Request.Simulator request)
      throws FailureException, InterruptedException {
    return with(
        request.common(),
        settings -> {
          SimulatorJob.serve(
              settings,
              url -> out.println("simulator of ComfyUI on " + url + " (it renders nothing real)"));
          return ExitCode.DELIVERED;
        });
  }

  @Override
  public ExitCode analyze(Request.Analyze request) throws FailureException, InterruptedException {
    return with(
        request.common(), settings -> explorer(settings, request.common()).analyze(request));
  }

  @Override
  public ExitCode explore(Request.Explore request) throws FailureException, InterruptedException {
    return with(
        request.common(), settings -> explorer(settings, request.common()).explore(request));
  }

  @Override
  public ExitCode sheet(Request.Sheet request) throws FailureException, InterruptedException {
    return with(request.common(), settings -> explorer(settings, request.common()).sheet(request));
  }

  @Override
  public ExitCode best(Request.Best request) throws FailureException, InterruptedException {
    return with(request.common(), settings -> explorer(settings, request.common()).best(request));
  }

  private ExploreCommands explorer(Settings settings, Request.Common common) {
    return new ExploreCommands(parts, streams, settings, common);
  }

  private ExitCode with(Request.Common common, Body body)
      throws FailureException, InterruptedException {
    try {
      Settings settings = Settings.of(resolve(common));
      Logs.hide(KnownSecrets.of(parts.environment(), settings));
      return body.run(settings);
    } catch (ConfigException e) {
      return wrong(e.problems());
    } catch (Stop e) {
      err.print(Logs.clean(ProblemReport.ofAll(e.problems(), subject(e.kind()))));
      err.flush();
      return code(e.kind());
    }
  }

  private ExitCode wrong(List<Problem> problems) {
    err.print(ProblemReport.ofAll(problems, "the settings"));
    err.flush();
    return ExitCode.WRONG_USAGE;
  }

  private static String subject(Stop.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> "the settings";
      case INPUT -> "the input";
      case SERVER -> "the server";
      case DELIVERY -> "the delivery";
    };
  }

  private static ExitCode code(Stop.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> ExitCode.WRONG_USAGE;
      case INPUT -> ExitCode.BAD_INPUT;
      case SERVER -> ExitCode.SERVER_UNREACHABLE;
      case DELIVERY -> ExitCode.DELIVERY_FAILED;
    };
  }

  private Style style(Request.Common common) {
    return Style.choose(common.noColor(), System.console() != null, parts.environment());
  }

  private Resolved resolve(Request.Common common) throws ConfigException {
    Sources process = Sources.ofProcess(common.overrides(), common.config());
    return Resolver.resolve(
        new Sources(
            process.flags(),
            parts.environment(),
            process.file(),
            process.workingDirectory(),
            process.exists()));
  }
}
