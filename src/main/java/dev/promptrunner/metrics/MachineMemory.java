package dev.promptrunner.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Memory as Linux tells it, in bytes; empty on another system. A container's limit counts where it
 * is below the machine's memory.
 *
 * @param root {@code /}, but for tests
 */
public record MachineMemory(Path root) {
  /** This machine. */
  public static MachineMemory here() {
    return new MachineMemory(Path.of("/"));
  }

  /** What this process occupies (its resident set). */
  public OptionalLong own() {
    return kilobytes("proc/self/status", "VmRSS:");
  }

  /** What all programs of the container, or of the machine, may occupy together. */
  public OptionalLong limit() {
    return least(
        kilobytes("proc/meminfo", "MemTotal:"),
        least(
            number("sys/fs/cgroup/memory.max"),
            number("sys/fs/cgroup/memory/memory.limit_in_bytes")));
  }

  /** What could still be occupied without swapping. */
  public OptionalLong available() {
    return least(
        kilobytes("proc/meminfo", "MemAvailable:"),
        least(
            room("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "),
            room(
                "sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file ")));
  }

  /** Pages of files that nobody reads any more are given back when memory is needed. */
  private OptionalLong room(String group, String limit, String usage, String cached) {
    OptionalLong most = number(group + "/" + limit);
    OptionalLong used = number(group + "/" + usage);
    if (most.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    long givenBack = field(group + "/memory.stat", cached).orElse(0);
    return OptionalLong.of(Math.max(0, most.getAsLong() - used.getAsLong() + givenBack));
  }

  private static OptionalLong least(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
  }

  private OptionalLong kilobytes(String file, String name) {
    OptionalLong found = field(file, name);
    return found.isPresent() ? OptionalLong.of(found.getAsLong() * 1024) : found;
  }

  /** The number after a name at the beginning of a line. */
  private OptionalLong field(String file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  /** Empty for {@code max}, which means no limit. */
  private OptionalLong number(String file) {
    String text = text(file).strip();
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      return ""; // not Linux, or another kind of control groups
    }
  }
}
