package dev.promptrunner.sheet;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Folders of results for tests, whose videos are texts, and a looker that reads them. */
final class Folders {
  /** The files that were looked at, by name. */
  final Queue<String> looked = new ConcurrentLinkedQueue<>();

  private final Path folder;

  Folders(Path folder) {
    this.folder = folder;
  }

  static Result done(String run, Map<String, ?> parameters) {
    return result(run, Result.State.DONE, parameters, List.of(run + "/video.mp4"), List.of());
  }

  static Result result(
      String run,
      Result.State state,
      Map<String, ?> parameters,
      List<String> files,
      List<Integer> borders) {
    Map<String, JsonNode> values = new java.util.LinkedHashMap<>();
    parameters.forEach((name, value) -> values.put(name, JsonMapper.shared().valueToTree(value)));
    return new Result(
        run, 1, 1, "", state, values, files, borders, Optional.empty(), Optional.empty(), "");
  }

  void video(String run, String text) throws IOException {
    Path file = folder.resolve(run).resolve("video.mp4");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  ResultFolder of(Result... results) throws IOException {
    for (Result result : results) {
      for (String file : result.files()) {
        if (!Files.exists(folder.resolve(file))) {
          Files.createDirectories(folder.resolve(file).getParent());
          Files.writeString(folder.resolve(file), "good");
        }
      }
    }
    return new ResultFolder(folder, List.of(results), List.of());
  }

  /** A file with the text {@code broken} cannot be looked at; {@code odd} meets a bug. */
  Look look(Path file, List<Integer> borders, Optional<Path> reference) throws FailureException {
    looked.add(folder.relativize(file).toString());
    String text = text(file);
    if (text.equals("broken")) {
      throw new FailureException(
          new Failure.BadOutput("decoding it", "it breaks off", "render it again"));
    }
    if (text.equals("odd")) {
      throw new IllegalStateException("nobody thought of this");
    }
    byte[] poster = text.getBytes(StandardCharsets.UTF_8);
    return new Look(
        33,
        new FrameSize(832, 480),
        FrameRate.of(16),
        List.of(poster, poster, poster),
        Map.of(
            "sharpness", 12.5, "psnr", Double.POSITIVE_INFINITY, "seam", (double) borders.size()));
  }

  private static String text(Path file) throws FailureException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FailureException(new Failure.BadOutput("reading it", "it is away", ""), e);
    }
  }

  ContactSheet.Written write(ResultFolder results) throws Exception {
    return write(results, options());
  }

  ContactSheet.Written write(ResultFolder results, SheetOptions options) throws Exception {
    return new ContactSheet(new Looking(this::look, 2)).write(results, options, (_, _) -> {});
  }

  static SheetOptions options() {
    return new SheetOptions("test", false, Optional.empty(), Optional.empty());
  }

  String script() throws IOException {
    return Files.readString(folder.resolve(ContactSheet.FOLDER).resolve("data.js"));
  }

  /** The data that the page reads. */
  JsonNode data() throws IOException {
    String script = script();
    String start = "window.contactSheet = ";
    return JsonMapper.shared().readTree(script.substring(start.length(), script.lastIndexOf(';')));
  }

  List<String> posters() throws IOException {
    try (var files = Files.list(folder.resolve(ContactSheet.FOLDER))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jpg"))
          .sorted()
          .toList();
    }
  }
}
