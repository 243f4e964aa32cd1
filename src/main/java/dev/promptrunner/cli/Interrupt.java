package dev.promptrunner.cli;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends another process what Ctrl-C sends: Java itself can only terminate and kill. */
final class Interrupt {
  private static final Logger log = LoggerFactory.getLogger(Interrupt.class);

  private Interrupt() {}

  /** False when this system has no way to. */
  static boolean send(long pid) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder("kill", "-INT", Long.toString(pid)).inheritIO().start();
      return kill.waitFor() == 0;
    } catch (IOException e) {
      log.info("process {} cannot be interrupted: {}", pid, e.getMessage());
      return false;
    }
  }
}
