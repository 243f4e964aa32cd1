package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk of the output folder. What is written to try it is removed again. */
final class DiskChecks {
  private static final Logger log = LoggerFactory.getLogger(DiskChecks.class);
  private static final String LINKS = "hard links";

  /** A run of some length needs this many times the floor. */
  private static final int COMFORT = 5;

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  private final Path output;

  DiskChecks(Path output) {
    this.output = output.toAbsolutePath().normalize();
  }

  /** The folder, or the nearest above it that exists: a run makes the rest. */
  static Path standing(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }

  /**
   * Room, file system, and whether it may be written to.
   *
   * @param floor what a job must leave free
   * @param kept whether the provider keeps this folder when the pod stops
   */
  Finding room(ByteSize floor, boolean kept) throws IOException {
    Path there = standing(output);
    Optional<Finding> closed = notWritable(there);
    if (closed.isPresent()) {
      return closed.get();
    }
    FileStore store = Files.getFileStore(there);
    long free = store.getUsableSpace();
    String found =
        "%s: %s of %s free, %s%s"
            .formatted(
                output,
                new ByteSize(free),
                new ByteSize(store.getTotalSpace()),
                store.type(),
                there.equals(output) ? "" : " (not there yet, a run makes it)");
    return judged(found, new Facts(free, store.type(), floor.bytes(), kept));
  }

  /** What the judgement rests on. */
  record Facts(long free, String type, long floor, boolean kept) {}

  static Finding judged(String found, Facts facts) {
    if (facts.free < facts.floor) {
      return Finding.problem(
          Area.DISK,
          "output folder",
          found + ", less than disk.floor " + new ByteSize(facts.floor),
          "free space, name a larger disk with --output, or lower disk.floor: no job would be"
              + " started");
    }
    if (IN_MEMORY.contains(facts.type)) {
      return warning(found + ": it lies in memory", "name a folder on a disk with --output");
    }
    if (!facts.kept) {
      return warning(
          found + ": this pod loses it when it is stopped",
          "name a folder on the pod's volume with --output, such as /workspace/output");
    }
    return facts.free < COMFORT * facts.floor
        ? warning(found, "free space before a night: every second of video takes some megabytes")
        : Finding.ok(Area.DISK, "output folder", found);
  }

  private static Finding warning(String found, String remedy) {
    return Finding.warning(Area.DISK, "output folder", found, remedy);
  }

  private Optional<Finding> notWritable(Path there) {
    Path probe = there.resolve(name());
    try {
      Files.writeString(probe, "probe");
      Files.delete(probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Finding.problem(
              Area.DISK,
              "output folder",
              "%s: writing into %s failed (%s)".formatted(output, there, IoReason.of(e)),
              "name a folder with --output that this user may write to"));
    }
  }

  /** Within the output folder, and from the servers' output folders into it where both are here. */
  List<Finding> links(List<ServerSite> sites) throws IOException, InterruptedException {
    Path there = standing(output);
    List<Finding> findings = new ArrayList<>();
    findings.add(link(there, there, "within " + output));
    for (ServerSite site : sites) {
      findings.add(link(site, there));
    }
    return findings;
  }

  private Finding link(ServerSite site, Path there) throws InterruptedException {
    String address = site.server().address();
    try {
      Optional<Path> folder = site.sharedFolders().output();
      return folder.isPresent()
          ? link(folder.get(), there, "from %s, where %s writes,".formatted(folder.get(), address))
          : Finding.ok(
              Area.DISK,
              LINKS,
              "not needed: the output folder of %s is not on this machine, files come over HTTP"
                  .formatted(address));
    } catch (FailureException e) {
      return ServerChecks.reached(site)
          ? Finding.warning(Area.DISK, LINKS, e.failure().found(), e.failure().remedy())
          : ServerChecks.notLookedAt(Area.DISK, LINKS, address);
    }
  }

  static Finding link(Path from, Path to, String where) {
    Path file = from.resolve(name());
    Path second = to.resolve(name());
    try {
      Files.writeString(file, "probe");
      Files.createLink(second, file);
      return Finding.ok(Area.DISK, LINKS, where + " work: files are never copied");
    } catch (UnsupportedOperationException | FileSystemException e) {
      return Finding.warning(
          Area.DISK,
          LINKS,
          "%s do not work (%s)".formatted(where, reason(e)),
          "let the server's output folder and --output lie on one file system that has hard links:"
              + " now each file is copied, and takes its room twice for a while");
    } catch (IOException e) {
      return Finding.problem(
          Area.DISK,
          LINKS,
          "trying them %s failed (%s)".formatted(where, IoReason.of(e)),
          "see whether this user may write there");
    } finally {
      remove(second);
      remove(file);
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException io ? IoReason.of(io) : "the file system has none";
  }

  private static void remove(Path probe) {
    try {
      Files.deleteIfExists(probe);
    } catch (IOException e) {
      log.warn("could not remove the probe {}: {}", probe, IoReason.of(e));
    }
  }

  private static String name() {
    return ".prompt-runner-doctor-" + UUID.randomUUID();
  }
}
