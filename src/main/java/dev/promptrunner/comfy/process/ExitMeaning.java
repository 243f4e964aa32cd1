package dev.promptrunner.comfy.process;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the end of a server's process means.
 *
 * @param words to follow "it": {@code ended with exit code 2: …}
 * @param hopeless whether the same command would end the same way again
 */
record ExitMeaning(String words, boolean hopeless) {
  private static final int BY_SIGNAL = 128;

  /**
   * Explains an exit code.
   *
   * @param code empty when the process was not this program's child
   * @param lastLines of its log
   * @param memoryKills how many processes of its cgroup the kernel has killed for lack of memory
   *     while it lived
   */
  static ExitMeaning of(OptionalInt code, List<String> lastLines, long memoryKills) {
    if (code.isEmpty()) {
      return new ExitMeaning(
          memoryKills > 0
              ? "is gone: the kernel killed it, because memory ran out"
              : "is gone; its exit code went to the program that started it",
          false);
    }
    int value = code.getAsInt();
    boolean portTaken = lastLines.stream().anyMatch(line -> line.contains("Errno 98"));
    String why =
        switch (value) {
          case 0 -> "someone stopped it (SIGINT)";
          case 1 ->
              portTaken
                  ? "its port is taken: another program listens on it"
                  : "a Python error, which its log tells";
          case 2 -> "it does not know one of its flags, or a folder named by one is missing";
          case 126 -> "the shell may not run the command";
          case 127 -> "the shell does not find the command";
          default -> ofSignal(value - BY_SIGNAL, memoryKills);
        };
    boolean hopeless = portTaken || value == 2 || value == 126 || value == 127;
    return new ExitMeaning("ended with exit code " + value + ": " + why, hopeless);
  }

  private static String ofSignal(int signal, long memoryKills) {
    return switch (signal) {
      case 2 -> "someone stopped it (SIGINT)";
      case 6 -> "a native library gave up (SIGABRT)";
      case 9 ->
          memoryKills > 0
              ? "the kernel killed it, because memory ran out"
              : "it was killed (SIGKILL): by someone, or by the kernel for lack of memory";
      case 11 -> "a native library crashed (SIGSEGV)";
      case 15 -> "someone ended it (SIGTERM)";
      default -> "no meaning is known for it";
    };
  }
}
