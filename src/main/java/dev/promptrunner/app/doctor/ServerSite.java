package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.ServerStats;
import java.time.Duration;

/** One server with what it says of itself, asked for once. Thread-safe. */
final class ServerSite {
  private static final String SIMULATOR = "simulator";

  private final ComfyServer server;
  private final Asked<ServerStats> stats;
  private final Asked<Folders> shared;

  ServerSite(ComfyServer server) {
    this.server = server;
    // Who asks about a server does not wait for one that is not there.
    this.stats = new Asked<>(() -> server.awaitReady(Duration.ZERO));
    this.shared = new Asked<>(server::sharedFolders);
  }

  ComfyServer server() {
    return server;
  }

  ServerStats stats() throws FailureException, InterruptedException {
    return stats.get();
  }

  /** Its folders that are proven to be here too. */
  Folders sharedFolders() throws FailureException, InterruptedException {
    stats.get();
    return shared.get();
  }

  boolean isSimulator() throws FailureException, InterruptedException {
    return stats.get().version().contains(SIMULATOR);
  }
}
