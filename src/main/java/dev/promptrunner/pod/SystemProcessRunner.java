package dev.promptrunner.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real programs. Their output goes through a file, so that nobody waits for a full pipe. */
public final class SystemProcessRunner implements ProcessRunner {
  private static final int KEPT_OUTPUT = 4096;

  @Override
  public Result run(List<String> command, Duration timeout)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("prompt-runner-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      boolean ended = await(process, timeout);
      return new Result(ended ? process.exitValue() : -1, tail(output), !ended);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean await(Process process, Duration timeout) throws InterruptedException {
    boolean ended = false;
    try {
      ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return ended;
    } finally {
      if (!ended) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }

  private static String tail(Path output) {
    try (var in = Files.newInputStream(output)) {
      in.skipNBytes(Math.max(0, Files.size(output) - KEPT_OUTPUT));
      return new String(in.readNBytes(KEPT_OUTPUT), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("reading back the output of a program", e);
    }
  }
}
