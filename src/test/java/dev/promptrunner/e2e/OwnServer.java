package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Simulators that the program starts as it starts ComfyUI, with a journal for each port.
 *
 * @param output root of the program that starts them
 */
record OwnServer(Path folder, Path output) {
  /** What a server that cannot start any more says. */
  static final String LAST_WORDS = "no CUDA device is there any more";

  /**
   * The simulator as a shell command.
   *
   * @param fault of the first process on each port only
   */
  String command(String fault) {
    return "if [ -e '%s' ]; then echo '%s'; exit 1; fi; ".formatted(dead("${port}"), LAST_WORDS)
        + "if [ -e '%s' ]; then F=; else F='%s'; touch '%s'; fi; exec env %s %s simulator"
            .formatted(struck(), fault, struck(), variables(), java());
  }

  private String variables() {
    return "PROMPT_RUNNER_SIMULATOR_FAULTS=\"$F\" PROMPT_RUNNER_SIMULATOR_STEP=40ms"
        + " PROMPT_RUNNER_SIMULATOR_PORT=${port} PROMPT_RUNNER_OUTPUT='%s'"
            .formatted(folder.resolve("server-${port}"))
        + " PROMPT_RUNNER_SIMULATOR_JOURNAL='%s'".formatted(folder.resolve("journal-${port}"));
  }

  private static String java() {
    return "'%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
            .formatted(System.getProperty("java.home"))
        + " -cp '%s' dev.promptrunner.cli.Main".formatted(System.getProperty("java.class.path"));
  }

  /**
   * A process as a shell command that takes so much memory, then creates the file.
   *
   * @param bytes that it holds until it is killed
   */
  static String hog(long bytes, Path taken) {
    return "'%s/bin/java' -XX:+UseSerialGC -Xms%d -Xmx%<d -XX:+AlwaysPreTouch"
            .formatted(System.getProperty("java.home"), bytes)
        + " -cp '%s' %s '%s'"
            .formatted(System.getProperty("java.class.path"), MemoryHog.class.getName(), taken);
  }

  /** Is there once the first process has been started; for a command. */
  Path struck() {
    return folder.resolve("struck-${port}");
  }

  private Path dead(String port) {
    return folder.resolve("dead-" + port);
  }

  /** Kills it, and no further start of it succeeds. */
  void killForGood(int port) throws Exception {
    Files.createFile(dead(Integer.toString(port)));
    kill(pid(port));
  }

  Path journal(int port) {
    return folder.resolve("journal-" + port);
  }

  /** Without trial jobs. */
  long jobsStarted(int port) {
    return Renders.of(journal(port)).lines().stream()
        .filter(line -> line.event().equals("started") && !line.outputs().isEmpty())
        .count();
  }

  String log(int port) {
    Path log = output.resolve("logs/comfyui-" + port + ".log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid(int port) throws IOException {
    Path state = output.resolve(".comfyui/" + port + ".json");
    return JsonMapper.shared().readTree(Files.readString(state)).path("pid").longValue();
  }

  static void kill(long pid) throws Exception {
    signal("KILL", pid);
  }

  static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
