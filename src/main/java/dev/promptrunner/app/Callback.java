package dev.promptrunner.app;

import dev.promptrunner.explore.result.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a user's command after each run that has ended, one after the other on a thread of its own:
 * a slow command holds up no rendering, one that fails is told and ends nothing.
 */
final class Callback implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Callback.class);
  private static final int MOST_MINUTES = 10;

  private final Optional<String> command;
  private final Path folder;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("callback").daemon().factory());

  /**
   * @param command for the shell; empty for none
   * @param folder of the exploration, the command's working directory
   */
  Callback(Optional<String> command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  void ended(Result result) {
    command.ifPresent(line -> thread.execute(() -> run(line, result)));
  }

  private void run(String line, Result result) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Map<String, String> environment = builder.environment();
    environment.put("RUN", result.run());
    environment.put("RUN_INDEX", Integer.toString(result.index()));
    environment.put("RUN_STATE", result.state().name().toLowerCase(Locale.ROOT));
    environment.put("RUN_FILE", result.files().isEmpty() ? "" : result.files().getFirst());
    try {
      Process process = builder.start();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        // The shell's children too, who may be what hangs.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        log.warn("the command after {} ran longer than {} min: killed", result.run(), MOST_MINUTES);
      } else if (process.exitValue() != 0) {
        // The command itself is not shown: it may hold a token.
        log.warn("the command after {} ended with {}", result.run(), process.exitValue());
      }
    } catch (IOException e) {
      log.warn("the command after {} could not be started: {}", result.run(), e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the commands that are due. */
  @Override
  public void close() {
    thread.close();
  }
}
