package dev.promptrunner.cli;

import dev.promptrunner.app.Parts;
import java.io.PrintStream;
import java.util.Optional;

/** The program from its command line on, in the test's own process and without a terminal. */
public final class WholeProgram {
  private WholeProgram() {}

  public static int execute(Parts parts, PrintStream out, PrintStream err, String... arguments) {
    return Main.cli(parts, new Streams(out, err, Optional::empty)).execute(arguments);
  }
}
