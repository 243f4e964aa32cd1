package dev.promptrunner.comfy.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes as Linux shows them. Java's own view takes a dead process that nobody has waited for as
 * a living one, and in a container without an init nobody waits for those of an earlier run.
 *
 * @param root {@code /proc}
 */
record ProcFs(Path root) {
  static final ProcFs SYSTEM = new ProcFs(Path.of("/proc"));

  /** Whether there is such a file system here. */
  boolean exists() {
    return Files.isReadable(root.resolve("self/stat"));
  }

  /**
   * A process at one moment.
   *
   * @param state {@code R}, {@code S}, {@code Z} …
   * @param session the pid of its session's leader
   * @param started in clock ticks since the machine's start: with the pid it names one process
   */
  record Stat(long pid, char state, long session, long started) {
    boolean alive() {
      return state != 'Z' && state != 'X';
    }
  }

  Optional<Stat> stat(long pid) {
    return text(pid, "stat").flatMap(text -> stat(pid, text));
  }

  /** The name in brackets may hold anything, so the fields are counted from its end. */
  private static Optional<Stat> stat(long pid, String text) {
    int end = text.lastIndexOf(')');
    String[] fields = text.substring(end + 1).strip().split(" ");
    if (end < 0 || fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new Stat(pid, fields[0].charAt(0), Long.parseLong(fields[3]), Long.parseLong(fields[19])));
  }

  /** The living processes of a session, its leader among them. */
  List<Stat> session(long leader) {
    List<Stat> members = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root, "[0-9]*")) {
      for (Path each : all) {
        stat(Long.parseLong(each.getFileName().toString()))
            .filter(stat -> stat.session() == leader && stat.alive())
            .ifPresent(members::add);
      }
    } catch (IOException e) {
      throw new IllegalStateException("listing the processes in " + root, e);
    }
    return members;
  }

  /** Bytes of memory that a process holds, what it shares with files among them. */
  long resident(long pid) {
    return kilobytes(pid, "VmRSS:");
  }

  /** Bytes that the kernel could not drop: mapped model files are left out. */
  long unreclaimable(long pid) {
    return kilobytes(pid, "RssAnon:") + kilobytes(pid, "RssShmem:");
  }

  /** Whether a process was started to ignore a signal, as shells do for what they put behind. */
  boolean ignores(long pid, Signals signal) {
    return status(pid, "SigIgn:")
        .map(mask -> (Long.parseUnsignedLong(mask, 16) >>> (signal.number() - 1) & 1) == 1)
        .orElse(false);
  }

  private long kilobytes(long pid, String field) {
    return status(pid, field).map(text -> Long.parseLong(text.split(" ")[0]) * 1024).orElse(0L);
  }

  private Optional<String> status(long pid, String field) {
    return text(pid, "status").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip())
        .findFirst();
  }

  /** Tells one start of the machine from another; empty when it is not told. */
  String boot() {
    try {
      return Files.readString(root.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException _) {
      return ""; // a container may hide it: pid and start time must do
    }
  }

  private Optional<String> text(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(root.resolve(Long.toString(pid)).resolve(file));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty(); // it has ended
    }
  }
}
