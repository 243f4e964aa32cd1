package dev.promptrunner.execution;

import java.util.List;

/**
 * The outside of a run.
 *
 * @param servers at least one
 */
public record Ports(
    List<Renderer> servers, Frames frames, Joiner joiner, Deliverer deliverer, DiskSpace disk) {
  public Ports {
    servers = List.copyOf(servers);
  }

  /** How much room is left where the output root lies. */
  @FunctionalInterface
  public interface DiskSpace {
    /** Bytes that this process may still write. */
    long free();
  }
}
