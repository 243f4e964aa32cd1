package dev.promptrunner.app.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the kernel allows this process, by control groups of version 2 or 1. A group above may allow
 * less than the process's own, so all of them count.
 */
final class Cgroup {
  private static final String ROOT = "sys/fs/cgroup";

  /** Version 1 writes "no limit" as the largest number of whole pages. */
  private static final long UNLIMITED = 1L << 60;

  private final Machine machine;

  Cgroup(Machine machine) {
    this.machine = machine;
  }

  /**
   * A limit of memory.
   *
   * @param used bytes that the kernel cannot take back: file caches, which a server that reads
   *     models fills at once, are left out
   */
  record Memory(long limit, long used, int version) {}

  /** The smallest limit there is; empty for none. */
  Optional<Memory> memory() {
    return isVersion2()
        ? smallest("", "memory.max", "memory.current", 2)
        : smallest("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", 1);
  }

  private Optional<Memory> smallest(String controller, String limit, String usage, int version) {
    Optional<Memory> found = Optional.empty();
    for (String folder : folders(controller)) {
      OptionalLong most = number(folder + "/" + limit);
      boolean less =
          most.isPresent()
              && most.getAsLong() < UNLIMITED
              && (found.isEmpty() || most.getAsLong() < found.get().limit());
      if (less) {
        long used = number(folder + "/" + usage).orElse(0) - caches(folder);
        found = Optional.of(new Memory(most.getAsLong(), Math.max(0, used), version));
      }
    }
    return found;
  }

  /** Version 1 writes the group's own caches and, beginning with total, those of all below. */
  private long caches(String folder) {
    Map<String, Long> lines = new HashMap<>();
    machine.text(folder + "/memory.stat").stream()
        .flatMap(String::lines)
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2 && words[1].matches("\\d{1,18}"))
        .forEach(words -> lines.put(words[0], Long.parseLong(words[1])));
    String kind = lines.containsKey("total_inactive_file") ? "total_" : "";
    return lines.getOrDefault(kind + "inactive_file", 0L)
        + lines.getOrDefault(kind + "active_file", 0L);
  }

  /** The smallest share of processors, such as 3.5; empty for no limit. */
  Optional<Double> cores() {
    return folders(isVersion2() ? "" : "cpu").stream()
        .map(folder -> isVersion2() ? cores2(folder) : cores1(folder))
        .flatMap(Optional::stream)
        .min(Double::compare);
  }

  private Optional<Double> cores2(String folder) {
    String[] words = machine.text(folder + "/cpu.max").orElse("").split(" ");
    return words.length == 2 ? share(words[0], words[1]) : Optional.empty();
  }

  private Optional<Double> cores1(String folder) {
    return share(
        machine.text(folder + "/cpu.cfs_quota_us").orElse(""),
        machine.text(folder + "/cpu.cfs_period_us").orElse(""));
  }

  private static Optional<Double> share(String quota, String period) {
    boolean limited = quota.matches("\\d{1,15}") && period.matches("[1-9]\\d{0,14}");
    return limited
        ? Optional.of((double) Long.parseLong(quota) / Long.parseLong(period))
        : Optional.empty();
  }

  private boolean isVersion2() {
    return machine.has(ROOT + "/cgroup.controllers");
  }

  /** The process's own group and all above it; a container sees its own at the top. */
  private List<String> folders(String controller) {
    String top = controller.isEmpty() ? ROOT : ROOT + "/" + controller;
    List<String> folders = new ArrayList<>();
    Path own = Path.of(own(controller).replaceAll("^/+", ""));
    for (Path path = own; path != null && !path.toString().isEmpty(); path = path.getParent()) {
      folders.add(top + "/" + path);
    }
    folders.add(top);
    return folders;
  }

  private String own(String controller) {
    Pattern line =
        controller.isEmpty()
            ? Pattern.compile("0::(/.*)")
            : Pattern.compile("\\d+:(?:[^:]*,)?" + controller + "(?:,[^:]*)?:(/.*)");
    return machine
        .text("proc/self/cgroup")
        .flatMap(text -> text.lines().map(line::matcher).filter(m -> m.matches()).findFirst())
        .map(match -> match.group(1))
        .orElse("/");
  }

  private OptionalLong number(String path) {
    String text = machine.text(path).orElse("");
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
