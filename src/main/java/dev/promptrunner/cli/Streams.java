package dev.promptrunner.cli;

import dev.promptrunner.cli.console.SystemTerminal;
import dev.promptrunner.cli.console.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where commands write.
 *
 * @param out answers, for people and for pipes
 * @param err everything else
 * @param terminal the one behind {@code err}; asked only by who draws on it, since that costs time
 */
record Streams(PrintStream out, PrintStream err, Supplier<Optional<Terminal>> terminal) {
  /** UTF-8 whatever the locale says: in containers it is often unset, and terminals read UTF-8. */
  static Streams ofProcess() {
    PrintStream err = stream(FileDescriptor.err);
    return new Streams(
        stream(FileDescriptor.out),
        err,
        () -> SystemTerminal.find(SystemTerminal.STANDARD_ERROR, err));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
