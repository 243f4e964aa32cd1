package dev.promptrunner.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The ComfyUI servers.
 *
 * @param servers at least one
 * @param startWait for a server that does not answer at the start
 * @param stallAfter without progress a job counts as stalled
 */
public record ServersConfig(List<Server> servers, Duration startWait, Duration stallAfter) {
  public ServersConfig {
    servers = List.copyOf(servers);
  }

  /**
   * One server.
   *
   * @param passes what it may render; at least one
   */
  public record Server(URI url, Set<Pass> passes) {
    public Server {
      passes = Set.copyOf(passes);
    }
  }

  /** The kinds of jobs that a server may be limited to. */
  public enum Pass {
    HIGH,
    LOW,
    COMBINE
  }

  static ServersConfig of(Resolved settings) {
    return new ServersConfig(
        settings.get(Keys.COMFYUI_URL),
        settings.get(Keys.COMFYUI_WAIT),
        settings.get(Keys.COMFYUI_STALL_AFTER));
  }
}
