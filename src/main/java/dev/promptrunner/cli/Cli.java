package dev.promptrunner.cli;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line, has it carried out and tells how it ended. */
public final class Cli {
  private final Supplier<Commands> commands;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * A front to the commands.
   *
   * @param commands asked once, and only when there is something to carry out
   * @param out for help and versions that were asked for
   * @param err for what is wrong
   */
  public Cli(Supplier<Commands> commands, PrintWriter out, PrintWriter err) {
    this.commands = commands;
    this.out = out;
    this.err = err;
  }

  /** The exit code, one of {@link ExitCode}; never throws. */
  public int execute(String... arguments) {
    CommandSpec root = CommandTree.root();
    root.versionProvider(Version::lines);
    CommandLine line = new CommandLine(root).setOut(out).setErr(err);
    boolean plain = List.of(arguments).contains("--no-color");
    line.setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.AUTO));
    line.setExecutionStrategy(this::carryOut);
    line.setParameterExceptionHandler((problem, _) -> misused(problem));
    return line.execute(arguments);
  }

  private int carryOut(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    CommandLine command = parsed.asCommandLineList().getLast();
    if (!(command.getCommandSpec().userObject() instanceof CommandTree.Maker maker)) {
      throw new ParameterException(command, "no command given: " + commandsOf(command));
    }
    Request request = maker.apply(new RequestReader(parsed));
    try {
      return commands.get().carryOut(request).code();
    } catch (FailureException e) {
      err.println(Logs.clean(e.failure().sentence()));
      return ExitCode.of(e.failure()).code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED.code();
    } catch (RuntimeException e) {
      return broken(e);
    }
  }

  private int misused(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    err.println(
        problem instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().getFirst(), command)
            : problem.getMessage());
    err.println("Try '" + name + " --help'.");
    return ExitCode.WRONG_USAGE.code();
  }

  private static String unknown(String word, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    boolean option = word.startsWith("-");
    List<String> known = new ArrayList<>(spec.subcommands().keySet());
    known.addAll(spec.optionsMap().keySet());
    String typed = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    Optional<String> near = Nearest.to(typed, known);
    String kind = option ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
    String remedy =
        near.map(name -> "did you mean " + name + "?")
            .orElseGet(() -> option ? "it has no such option" : commandsOf(command));
    return "%s: unknown %s '%s': %s".formatted(spec.qualifiedName(), kind, word, remedy);
  }

  private static String commandsOf(CommandLine command) {
    var names = command.getSubcommands().keySet();
    return names.isEmpty() ? "it takes no more" : "give one of " + String.join(", ", names);
  }

  private int broken(RuntimeException e) {
    LoggerFactory.getLogger(Cli.class).error("the command ended by an error of the program", e);
    err.println(
        "An error of Prompt Runner itself: %s. The log has the details; what is done is kept."
            .formatted(Logs.clean(e.toString())));
    return ExitCode.SOME_FAILED.code();
  }
}
