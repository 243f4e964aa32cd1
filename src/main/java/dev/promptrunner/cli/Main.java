package dev.promptrunner.cli;

import dev.promptrunner.app.Parts;
import java.io.PrintWriter;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(cli(Parts.system(), Streams.ofProcess()).execute(args));
  }

  /** The whole program on a world and streams of its own. */
  static Cli cli(Parts parts, Streams streams) {
    return new Cli(
        () -> new ProgramCommands(parts, streams),
        new PrintWriter(streams.out(), true),
        new PrintWriter(streams.err(), true));
  }
}
