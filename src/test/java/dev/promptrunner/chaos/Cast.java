package dev.promptrunner.chaos;

import dev.promptrunner.e2e.Child;
import dev.promptrunner.e2e.Studio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The processes of a round: a runner and the server that renders for it. For one thread. */
final class Cast implements AutoCloseable {
  private static final int WRONG_CLOCKS = 8;
  private static final int DAY = 86_400;

  private final Path folder;
  private final Path serverRoot;
  private final Studio studio;
  private final RandomGenerator random;
  private final Diary diary;
  private final int port;
  private Child server;
  private Child runner;

  /**
   * Starts both.
   *
   * @param folder for the server, its journal and what both print
   */
  Cast(Path folder, Path serverRoot, Studio studio, RandomGenerator random, Diary diary)
      throws IOException {
    this.folder = folder;
    this.studio = studio;
    this.random = random;
    this.diary = diary;
    this.serverRoot = serverRoot;
    this.port = freePort();
    studio.set("comfyui.url", "http://127.0.0.1:" + port);
    this.server = newServer(FaultScript.pick(random));
    this.runner = newRunner(false);
  }

  Path journal() {
    return folder.resolve("journal");
  }

  Child runner() {
    return runner;
  }

  Child server() {
    return server;
  }

  void startServer(String faults) throws IOException {
    server = newServer(faults);
  }

  void startRunner(boolean calm) throws IOException {
    runner = newRunner(calm);
  }

  private Child newServer(String faults) throws IOException {
    Studio place = new Studio(serverRoot).set("simulator.port", port);
    place.set("simulator.step", "15ms").set("simulator.journal", journal());
    if (!faults.isEmpty()) {
      place.set("simulator.faults", faults);
      diary.did("simulator with faults", faults);
    }
    return Programs.start(logs(), new HashMap<>(place.environment()), "simulator");
  }

  private Child newRunner(boolean calm) throws IOException {
    Map<String, String> settings = studio.environment();
    if (calm || random.nextInt(WRONG_CLOCKS) > 0) {
      return Programs.start(logs(), settings, "run", "--json");
    }
    long seconds = random.nextInt(-DAY, DAY);
    diary.did("clock wrong", seconds + " s, jumping");
    return Programs.startWithWrongClock(logs(), settings, seconds, "run", "--json");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Even a frozen process ends by SIGKILL, and is waited for.
    runner.kill();
    server.kill();
  }
}
