package dev.promptrunner.chaos;

import dev.promptrunner.e2e.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as users have it, jar and start cache, and one whose clock is wrong. */
final class Programs {
  private static final Path JAR = Path.of("target", "prompt-runner.jar").toAbsolutePath();
  private static final Path CACHE = Path.of("target", "prompt-runner.aot").toAbsolutePath();

  private Programs() {}

  static Child start(Path logs, Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>(java());
    if (Files.exists(CACHE)) {
      program.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
    program.addAll(List.of("-Dprompt-runner.home=" + Path.of("").toAbsolutePath(), "-jar"));
    program.add(JAR.toString());
    return Child.start(program, logs, settings, arguments);
  }

  /** A program whose clock is off by so many seconds, and jumps back when it has run a moment. */
  static Child startWithWrongClock(
      Path logs, Map<String, String> settings, long seconds, String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>(java());
    program.add("-Dprompt-runner.home=" + Path.of("").toAbsolutePath());
    program.add("-Dchaos.clock=" + seconds);
    program.addAll(List.of("-cp", System.getProperty("java.class.path")));
    program.add(WrongClock.class.getName());
    return Child.start(program, logs, settings, arguments);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xms16m",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED");
  }
}
