package dev.promptrunner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks another process to finish what it renders and to begin nothing more. Whoever does not listen
 * for the signal would be killed by it, so that it is only sent to who does.
 */
final class FinishRequest {
  private static final Logger log = LoggerFactory.getLogger(FinishRequest.class);
  private static final String CAUGHT = "SigCgt:";

  /** SIGUSR1 is 10, and the lowest bit stands for signal 1: proc_pid_status(5), signal(7). */
  private static final long USR1 = 1L << 9;

  private FinishRequest() {}

  /** False when the process does not listen, or this system does not tell whether it does. */
  static boolean send(long pid) throws InterruptedException {
    try {
      if (!listens(pid)) {
        return false;
      }
      // Java itself can only terminate and kill.
      Process kill = new ProcessBuilder("kill", "-USR1", Long.toString(pid)).inheritIO().start();
      return kill.waitFor() == 0;
    } catch (IOException e) {
      log.info("process {} cannot be asked to finish: {}", pid, e.getMessage());
      return false;
    }
  }

  private static boolean listens(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(CAUGHT))
        .map(line -> Long.parseUnsignedLong(line.substring(CAUGHT.length()).strip(), 16))
        .anyMatch(caught -> (caught & USR1) != 0);
  }
}
