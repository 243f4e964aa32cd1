package dev.promptrunner.sheet;

import dev.promptrunner.base.Digest;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file to look at.
 *
 * @param key other for another file, another state of it, other borders or another reference
 */
record Subject(Path file, List<Integer> borders, String key) {
  private static final int KEY_DIGITS = 16;

  /**
   * The file to look at; relative to the folder, with {@code /}; empty when the run has left none.
   */
  static Optional<String> fileOf(Result result) {
    return result.state() == Result.State.DONE
        ? result.files().stream()
            .filter(file -> ResultFolder.isVideo(file) || ResultFolder.isImage(file))
            .findFirst()
        : Optional.empty();
  }

  /**
   * A look at this file.
   *
   * @param mark of the reference; empty without one
   * @throws IOException when it cannot be reached
   */
  static Subject of(Path root, String file, List<Integer> borders, String mark) throws IOException {
    Path path = root.resolve(file);
    String whole = file + "\n" + mark(path) + "\n" + borders + "\n" + mark;
    return new Subject(path, borders, Digest.of(whole).hex().substring(0, KEY_DIGITS));
  }

  /** Changes when the file is written anew. */
  static String mark(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }
}
