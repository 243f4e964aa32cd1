package dev.promptrunner.execution;

import dev.promptrunner.plan.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a server made.
 *
 * @param files by role, whole, within the order's staging folder
 * @param results of a job that leaves whatever its workflow reports, in that order; likewise
 */
public record Rendering(Map<Role, Path> files, List<Path> results) {
  public Rendering {
    files = Map.copyOf(files);
    results = List.copyOf(results);
  }

  /** Of a job that knows what it makes. */
  public Rendering(Map<Role, Path> files) {
    this(files, List.of());
  }

  /** Of a job that leaves whatever its workflow reports. */
  public static Rendering ofResults(List<Path> results) {
    return new Rendering(Map.of(), results);
  }
}
