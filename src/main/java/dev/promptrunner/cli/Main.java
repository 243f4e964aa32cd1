package dev.promptrunner.cli;

import dev.promptrunner.app.Parts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Cli cli = new Cli(() -> new ProgramCommands(Parts.system(), out, err), out, err);
    System.exit(cli.execute(args));
  }

  /** UTF-8 whatever the locale says: in containers it is often unset, and terminals read UTF-8. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
