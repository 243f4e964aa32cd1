package dev.promptrunner.comfy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How full the memory is that a server may use: the machine's, or that of the container it runs in.
 *
 * @param processes {@code /proc}
 * @param groups {@code /sys/fs/cgroup}
 */
record MemoryGauge(ProcFs processes, Path groups) {
  static final MemoryGauge SYSTEM = new MemoryGauge(ProcFs.SYSTEM, Path.of("/sys/fs/cgroup"));

  /** No real machine has more: what a cgroup without a limit says. */
  private static final long UNLIMITED = 1L << 60;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /**
   * Use of memory at one moment.
   *
   * @param used bytes that cannot be dropped
   * @param limit bytes there are
   * @param whose for people: {@code the container's}, {@code the machine's}
   */
  record Reading(long used, long limit, String whose) {
    int percent() {
      return limit <= 0 ? 0 : (int) Math.min(100, Math.round(100.0 * used / limit));
    }
  }

  /**
   * The fuller of both: the container's memory as a whole, or the server's share of what there is.
   *
   * @param ofServer bytes that the server's processes hold
   */
  Reading read(long ofServer) {
    OptionalLong limit = limit();
    long machine = machine();
    Reading share =
        new Reading(
            ofServer,
            Math.min(machine, limit.orElse(Long.MAX_VALUE)),
            limit.isPresent() ? "the container's" : "the machine's");
    if (limit.isEmpty()) {
      return share;
    }
    Reading whole = new Reading(inUse(), limit.getAsLong(), "the container's");
    return whole.percent() > share.percent() ? whole : share;
  }

  /** How many processes the kernel has killed in this container for lack of memory. */
  long kills() {
    return field(List.of("memory.events", "memory/memory.oom_control"), "oom_kill").orElse(0);
  }

  private OptionalLong limit() {
    return first(List.of("memory.max", "memory/memory.limit_in_bytes"), NUMBER).stream()
        .filter(bytes -> bytes < UNLIMITED)
        .findFirst();
  }

  /** Without files that are only cached. */
  private long inUse() {
    long all = first(List.of("memory.current", "memory/memory.usage_in_bytes"), NUMBER).orElse(0);
    long cached =
        field(List.of("memory.stat"), "inactive_file")
            .orElseGet(() -> field(List.of("memory/memory.stat"), "total_inactive_file").orElse(0));
    return Math.max(0, all - cached);
  }

  private long machine() {
    OptionalLong kilobytes =
        number(processes.root().resolve("meminfo"), Pattern.compile("(?<=MemTotal:)\\s*\\d+"));
    return kilobytes.orElse(0) * 1024;
  }

  private OptionalLong field(List<String> files, String name) {
    return first(files, Pattern.compile("(?m)(?<=^" + name + " )\\d+"));
  }

  private OptionalLong first(List<String> files, Pattern number) {
    return files.stream()
        .map(file -> number(groups.resolve(file), number))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong number(Path file, Pattern pattern) {
    try {
      Matcher found = pattern.matcher(Files.readString(file));
      return found.find()
          ? OptionalLong.of(Long.parseLong(found.group().strip()))
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException _) {
      return OptionalLong.empty(); // this kernel does not have it
    }
  }
}
