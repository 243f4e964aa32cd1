package dev.promptrunner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Cli cli = new Cli(Main::commands, writer(FileDescriptor.out), writer(FileDescriptor.err));
    System.exit(cli.execute(args));
  }

  private static Commands commands() {
    throw new UnsupportedOperationException("the commands are joined in the composition root");
  }

  /** UTF-8 whatever the locale says: in containers it is often unset, and terminals read UTF-8. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    PrintStream stream =
        new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    return new PrintWriter(stream, true);
  }
}
