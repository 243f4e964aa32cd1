package dev.promptrunner.app;

import dev.promptrunner.plan.Planned;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.prompt.PromptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tells which prompt files came or changed and have stopped growing, they and the videos and
 * pictures that belong to them. One that was left out for its mistakes is told again when something
 * of it has changed. For one thread, but for {@link #anyLeftOut}.
 */
final class Arrivals {
  private final List<Path> paths;
  private final Map<Path, Stamp> seen = new HashMap<>();
  private final Set<Path> settled = new HashSet<>();
  private final Set<Path> leftOut = ConcurrentHashMap.newKeySet();

  /**
   * @param paths prompt files and folders of them; they need not be there yet
   */
  Arrivals(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /** A file as it was last seen: when it stays the same it has stopped growing. */
  private record Stamp(String own, Set<String> beside) {}

  /** Takes everything that is there now as read already. */
  void begin(Candidates.Found found, Planned planned) throws IOException {
    settled();
    settled.addAll(seen.keySet());
    judge(List.of(), found, planned);
  }

  /** Notes which of the files that were read are left out. */
  void judge(Collection<Path> read, Candidates.Found found, Planned planned) {
    leftOut.removeAll(read);
    // An empty folder is no mistake while one waits for files.
    found.leftOut().stream().filter(path -> !Files.isDirectory(path)).forEach(leftOut::add);
    found.candidates().stream()
        .map(candidate -> candidate.prompt().file())
        .filter(file -> isNamed(file, planned))
        .forEach(leftOut::add);
  }

  private static boolean isNamed(Path file, Planned planned) {
    return planned.problems().stream()
        .anyMatch(problem -> problem.where().startsWith(file.getFileName().toString()));
  }

  /** Whether prompt files are left out now. Safe for use by any thread. */
  boolean anyLeftOut() {
    return !leftOut.isEmpty();
  }

  /** Files that are new or changed and were the same at the last two looks. */
  List<Path> settled() throws IOException {
    Set<Path> ready = new TreeSet<>();
    for (Path file : promptFiles()) {
      boolean waits = !settled.contains(file) || leftOut.contains(file);
      Stamp before = seen.getOrDefault(file, new Stamp("", Set.of()));
      Stamp now = new Stamp(stamp(file), waits ? beside(file) : before.beside());
      seen.put(file, now);
      if (!now.equals(before)) {
        settled.remove(file);
      } else if (!settled.contains(file)) {
        ready.add(file);
      }
    }
    settled.addAll(ready);
    return List.copyOf(ready);
  }

  /** These could not be taken up: the next look finds them once more. */
  void again(Collection<Path> files) {
    settled.removeAll(files);
  }

  private static String stamp(Path file) throws IOException {
    return "%s %d %s"
        .formatted(file.getFileName(), Files.size(file), Files.getLastModifiedTime(file));
  }

  /** What belongs to the prompt file by its stem or by the video name in it. */
  private static Set<String> beside(Path file) throws IOException {
    Set<String> stems = new HashSet<>(Set.of(stem(file)));
    PromptFolder.read(List.of(file)).good().stream()
        .map(PromptFile::videoName)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(stems::add);
    Set<String> stamps = new TreeSet<>();
    for (Path other : list(file.toAbsolutePath().resolveSibling(""))) {
      if (!isPromptFile(other) && stems.contains(stem(other))) {
        stamps.add(stamp(other));
      }
    }
    return stamps;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private Set<Path> promptFiles() throws IOException {
    Set<Path> files = new TreeSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        list(path).stream().filter(Arrivals::isPromptFile).forEach(files::add);
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean isPromptFile(Path file) {
    String name = file.getFileName().toString();
    return name.toLowerCase(Locale.ROOT).endsWith(".txt") && !name.startsWith(".");
  }
}
