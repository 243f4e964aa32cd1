package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import java.util.Locale;
import java.util.Optional;

/** Processors and memory that this process may really use. */
final class HardwareChecks {
  /** Both experts of Wan 2.2 14B in 8 bits, and the text encoder. */
  private static final long COMFORT = 48_000_000_000L;

  private static final long LEAST_FREE = 2_000_000_000L;

  private HardwareChecks() {}

  static Finding cpu(Machine machine) {
    String model = machine.value("proc/cpuinfo", "model name").orElse("unknown model");
    long all =
        machine.text("proc/cpuinfo").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("processor"))
            .count();
    String limit =
        new Cgroup(machine)
            .cores()
            .map(cores -> String.format(Locale.ROOT, ", limited to %.1f by the container", cores))
            .orElse("");
    String found =
        "%d of %d cores%s, %s"
            .formatted(machine.cores(), Math.max(all, machine.cores()), limit, model);
    return machine.cores() >= 2
        ? Finding.ok(Area.MACHINE, "CPU", found)
        : Finding.warning(
            Area.MACHINE,
            "CPU",
            found,
            "give the container 2 cores or more: with one, joining and uploading wait for each"
                + " other");
  }

  /**
   * The machine's memory and what the container may use of it.
   *
   * @param renders whether a server on this machine loads models into it
   */
  static Finding memory(Machine machine, boolean renders) {
    long total = kilobytes(machine, "MemTotal:");
    if (total == 0) {
      return Finding.warning(
          Area.MACHINE,
          "memory",
          "unknown: /proc/meminfo does not tell",
          "look with the provider how much memory the machine has");
    }
    Optional<Cgroup.Memory> limit =
        new Cgroup(machine).memory().filter(memory -> memory.limit() < total);
    long usable = limit.map(Cgroup.Memory::limit).orElse(total);
    long free = Math.min(kilobytes(machine, "MemAvailable:"), free(limit).orElse(Long.MAX_VALUE));
    String found =
        "%s, %s free%s"
            .formatted(new ByteSize(usable), new ByteSize(Math.max(0, free)), words(limit, total));
    return judged(found, usable, free, renders);
  }

  private static Optional<Long> free(Optional<Cgroup.Memory> limit) {
    return limit.map(memory -> memory.limit() - memory.used());
  }

  private static Finding judged(String found, long usable, long free, boolean renders) {
    if (free < LEAST_FREE) {
      return Finding.warning(
          Area.MACHINE,
          "memory",
          found,
          "end what else uses it: below 2 GB the kernel may kill the server or this program (exit"
              + " code 137)");
    }
    return renders && usable < COMFORT
        ? Finding.warning(
            Area.MACHINE,
            "memory",
            found,
            "take a machine with 48 GB or more: both experts of a 14B model stay in memory then,"
                + " and a swap takes a second instead of half a minute and more from the disk")
        : Finding.ok(Area.MACHINE, "memory", found);
  }

  private static String words(Optional<Cgroup.Memory> limit, long total) {
    return limit
        .map(
            memory ->
                "; the container's limit (cgroup v%d), the machine has %s"
                    .formatted(memory.version(), new ByteSize(total)))
        .orElse("; no container limit");
  }

  private static long kilobytes(Machine machine, String key) {
    String value = machine.value("proc/meminfo", key).orElse("").replace(" kB", "");
    return value.matches("\\d{1,15}") ? Long.parseLong(value) * 1024 : 0;
  }
}
