package dev.promptrunner.simulator.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The three folders of a server, absolute.
 *
 * @param input uploads and control videos
 * @param output what the nodes save
 * @param temp previews; emptied at every start
 */
public record Folders(Path input, Path output, Path temp) {
  public Folders {
    input = input.toAbsolutePath().normalize();
    output = output.toAbsolutePath().normalize();
    temp = temp.toAbsolutePath().normalize();
  }

  /** The folder that ComfyUI calls input, output or temp. */
  public Optional<Path> named(String type) {
    return switch (type) {
      case "input" -> Optional.of(input);
      case "output" -> Optional.of(output);
      case "temp" -> Optional.of(temp);
      default -> Optional.empty();
    };
  }

  /**
   * The file that an input names: below the input folder, or below another with the suffix {@code "
   * [output]"} or {@code " [temp]"}. Empty when the name leaves its folder.
   */
  public Optional<Path> annotated(String name) {
    for (String type : List.of("input", "output", "temp")) {
      String suffix = " [" + type + "]";
      if (name.endsWith(suffix)) {
        return below(named(type).orElseThrow(), name.substring(0, name.length() - suffix.length()));
      }
    }
    return below(input, name);
  }

  /** The relative path below the root, or nothing when it would lead outside. */
  public static Optional<Path> below(Path root, String relative) {
    if (relative.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Path file = root.resolve(relative).normalize();
    return file.startsWith(root) ? Optional.of(file) : Optional.empty();
  }

  /** Names of files directly in the input folder with one of the endings, sorted. */
  public List<String> inputFiles(List<String> endings) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(input)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      return List.of(); // as ComfyUI: an input folder that is not there offers nothing
    }
    return names.stream().sorted().toList();
  }
}
