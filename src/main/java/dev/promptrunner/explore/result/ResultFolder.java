package dev.promptrunner.explore.result;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a folder of an exploration holds: the runs of its {@code metadata.jsonl}, or, where there is
 * none, every video and image below it as a run of its own.
 *
 * @param folder where the files of the results lie
 * @param results in their order
 * @param problems what was left out, and why
 */
public record ResultFolder(Path folder, List<Result> results, List<Problem> problems) {
  /** The file with one line for each run. */
  public static final String LINES = "metadata.jsonl";

  private static final Set<String> VIDEOS = Set.of("mp4", "mov", "webm", "mkv");
  private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp");

  public ResultFolder {
    results = List.copyOf(results);
    problems = List.copyOf(problems);
  }

  /** Whether it is named like a video. */
  public static boolean isVideo(String file) {
    return VIDEOS.contains(ending(file));
  }

  /** Whether it is named like an image. */
  public static boolean isImage(String file) {
    return IMAGES.contains(ending(file));
  }

  private static String ending(String file) {
    return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a folder. Of two lines for one run the later one counts; a line that a crash left half
   * written is left out with a problem.
   *
   * @throws IOException when the folder cannot be read
   */
  public static ResultFolder read(Path folder) throws IOException {
    Path lines = folder.resolve(LINES);
    return Files.isRegularFile(lines) ? ofLines(folder, lines) : ofFiles(folder);
  }

  private static ResultFolder ofLines(Path folder, Path lines) throws IOException {
    Map<String, Result> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    // A crash may cut the last line within a letter, which the strict readers of lines refuse.
    String text = new String(Files.readAllBytes(lines), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        try {
          Result result = ResultJson.read(line);
          results.put(result.run(), result);
        } catch (IllegalArgumentException e) {
          problems.add(
              new Problem(
                  lines + ":" + number,
                  "this line is no result, as a crash leaves one half written",
                  line.substring(0, Math.min(line.length(), 80)),
                  "give the same command again: it writes the file anew"));
        }
      }
    }
    return new ResultFolder(folder, List.copyOf(results.values()), problems);
  }

  private static ResultFolder ofFiles(Path folder) throws IOException {
    List<Result> results = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        String path = relative(folder, file);
        if ((isVideo(path) || isImage(path)) && !hidden(path)) {
          results.add(found(path, results.size() + 1));
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("reading " + folder + " broke off", e);
    }
    return new ResultFolder(folder, results, List.of());
  }

  private static Result found(String path, int index) {
    return new Result(
        path.substring(0, path.lastIndexOf('.')),
        index,
        index,
        "",
        Result.State.DONE,
        Map.of(),
        List.of(path),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** A contact sheet keeps its own pictures in a folder of its name. */
  private static boolean hidden(String path) {
    return Arrays.stream(path.split("/"))
        .anyMatch(part -> part.startsWith(".") || part.equals("contact-sheet"));
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
