package dev.promptrunner.execution;

import dev.promptrunner.plan.Role;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a server made.
 *
 * @param files by role, whole, within the order's staging folder
 */
public record Rendering(Map<Role, Path> files) {
  public Rendering {
    files = Map.copyOf(files);
  }
}
