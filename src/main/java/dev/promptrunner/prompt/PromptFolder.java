package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads prompt files and everything that stands beside them. One use, one thread. */
public final class PromptFolder {
  /** By the name without its extension, so that walk comes before walk-in-the-rain. */
  private static final Comparator<Path> IN_ORDER =
      Comparator.<Path, String>comparing(
              file -> FileNames.stem(FileNames.of(file)), NaturalOrder.INSTANCE)
          .thenComparing(FileNames::of);

  private final Siblings siblings = new Siblings();
  private final Set<Path> seen = new LinkedHashSet<>();
  private final List<PromptFile> good = new ArrayList<>();
  private final List<Path> bad = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private PromptFolder() {}

  /**
   * Reads every prompt file; a bad one does not keep the others from being read.
   *
   * @param paths prompt files, or folders of which every visible {@code *.txt} is taken in natural
   *     order, without their sub-folders; the same file given twice is taken once
   */
  public static PromptFiles read(List<Path> paths) {
    PromptFolder folder = new PromptFolder();
    paths.forEach(folder::add);
    return new PromptFiles(folder.good, folder.bad, folder.problems);
  }

  private void add(Path path) {
    try {
      if (Files.isDirectory(path)) {
        addFolder(path);
      } else {
        addFile(path);
      }
    } catch (IOException e) {
      refuse(path, FileProblems.unreadable(path, e));
    }
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(PromptFolder::isPromptFile).sorted(IN_ORDER).toList();
    }
    if (files.isEmpty()) {
      refuse(folder, FileProblems.noPromptFile(folder));
    }
    files.forEach(this::add);
  }

  private static boolean isPromptFile(Path path) {
    String name = FileNames.of(path);
    return !name.startsWith(".") && FileNames.endsWith(name, ".txt") && !Files.isDirectory(path);
  }

  private void addFile(Path file) throws IOException {
    if (!seen.add(file.toAbsolutePath().normalize())) {
      return;
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      refuse(file, FileProblems.missing(file));
      return;
    }
    if (!attributes.isRegularFile()) {
      refuse(file, FileProblems.notAFile(file));
    } else if (attributes.size() > FileProblems.LARGEST.bytes()) {
      refuse(file, FileProblems.tooLarge(file, attributes.size()));
    } else {
      parse(file);
    }
  }

  private void parse(Path file) throws IOException {
    switch (PromptParser.parse(file.toString(), Files.readAllBytes(file))) {
      case PromptParser.Parsed.Bad(List<Problem> found) -> {
        bad.add(file);
        problems.addAll(found);
      }
      case PromptParser.Parsed.Good(var name, var frames, var positive, var negative, var lines) ->
          good.add(
              new PromptFile(
                  file,
                  name,
                  frames,
                  positive,
                  negative,
                  siblings.controlVideo(file, name),
                  siblings.referenceImage(file),
                  lines));
    }
  }

  private void refuse(Path path, Problem problem) {
    bad.add(path);
    problems.add(problem);
  }
}
