package dev.promptrunner.prompt;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files beside prompt files. A folder is listed once for all prompt files in it, because ten
 * thousand of them may share one. Not thread-safe.
 */
final class Siblings {
  private final Map<Path, Map<String, List<String>>> folders = new HashMap<>();

  /** By the prompt file's stem, then by the video name; any case, the exact one first. */
  Optional<Path> controlVideo(Path promptFile, String videoName) throws IOException {
    String stem = FileNames.stem(FileNames.of(promptFile));
    return first(
        promptFile,
        Stream.of(stem, videoName)
            .flatMap(name -> FileNames.VIDEO_EXTENSIONS.stream().map(name::concat)));
  }

  Optional<Path> referenceImage(Path promptFile) throws IOException {
    return first(promptFile, Stream.of(FileNames.stem(FileNames.of(promptFile)) + ".png"));
  }

  private Optional<Path> first(Path promptFile, Stream<String> names) throws IOException {
    Path folder = promptFile.toAbsolutePath().getParent();
    if (folder == null) {
      return Optional.empty();
    }
    Map<String, List<String>> listed = listed(folder);
    return names
        .flatMap(name -> candidates(listed, name))
        .map(promptFile::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Stream<String> candidates(Map<String, List<String>> listed, String name) {
    List<String> same = listed.getOrDefault(FileNames.folded(name), List.of());
    return Stream.concat(same.stream().filter(name::equals), same.stream());
  }

  private Map<String, List<String>> listed(Path folder) throws IOException {
    Map<String, List<String>> known = folders.get(folder);
    if (known != null) {
      return known;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Map<String, List<String>> listed =
          entries.map(FileNames::of).sorted().collect(groupingBy(FileNames::folded));
      folders.put(folder, listed);
      return listed;
    }
  }
}
