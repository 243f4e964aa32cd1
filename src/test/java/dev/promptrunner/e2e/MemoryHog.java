package dev.promptrunner.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A process that holds as much memory as it was started with ({@code -Xms} and {@code
 * -XX:+AlwaysPreTouch}) until it is killed, and says when it has it.
 */
final class MemoryHog {
  private MemoryHog() {}

  /**
   * @param arguments the file to create once the memory is taken
   */
  public static void main(String[] arguments) throws Exception {
    Files.createFile(Path.of(arguments[0]));
    new CountDownLatch(1).await();
  }
}
