package dev.promptrunner.store;

import dev.promptrunner.base.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One start of the program on the output root.
 *
 * @param engine {@code comfyui} or {@code simulator}
 * @param finishedAt empty while it runs, and for ever when it was killed
 * @param version of the program
 */
public record RunRow(
    RunId id,
    String engine,
    Instant startedAt,
    Optional<Instant> finishedAt,
    OptionalInt exitCode,
    String version,
    long pid) {
  /** A run that begins now. */
  public static RunRow started(RunId id, String engine, Instant at, String version, long pid) {
    return new RunRow(id, engine, at, Optional.empty(), OptionalInt.empty(), version, pid);
  }
}
