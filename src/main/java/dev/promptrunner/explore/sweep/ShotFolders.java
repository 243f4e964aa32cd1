package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.LocatedTree;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Section;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads folders of shots: {@code prompt.txt}, {@code negative.txt}, {@code first_frame.png}, {@code
 * last_frame.png} and {@code settings.yaml} in each, whatever of them the mapping asks for. All
 * that is wrong with any of them comes in one report. One use.
 */
public final class ShotFolders {
  private static final LocatedTree.Form SETTINGS =
      LocatedTree.Form.yaml("the shot's settings", "remove the folder's settings.yaml");

  private final SweepFile.ShotMapping mapping;
  private final Function<Path, Reading<FrameSize>> images;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param images decodes an image and tells its size
   */
  public ShotFolders(SweepFile.ShotMapping mapping, Function<Path, Reading<FrameSize>> images) {
    this.mapping = mapping;
    this.images = images;
  }

  /** The shots of a folder by name; a folder without any file of a shot is none. */
  public Reading<List<Shot>> read() {
    List<Shot> shots = new ArrayList<>();
    Path root = mapping.folder();
    try (Stream<Path> entries = Files.list(root)) {
      for (Path folder : entries.filter(ShotFolders::isShot).sorted().toList()) {
        shots.add(shot(folder));
      }
    } catch (IOException e) {
      return Reading.bad(
          new Problem(
              mapping.where(),
              "the folder of the shots cannot be read: " + IoReason.of(e),
              root.toString(),
              "correct 'folder' in the section shots"));
    }
    if (shots.isEmpty()) {
      problems.add(
          new Problem(
              root.toString(),
              "there is no folder with a prompt.txt, first_frame.png or last_frame.png in it",
              "",
              "make one folder for each shot"));
    }
    refuseTwins(root, shots);
    return problems.isEmpty() ? new Reading.Good<>(shots) : new Reading.Bad<>(problems);
  }

  /** What a disk tells apart need not be apart as the name of results. */
  private void refuseTwins(Path root, List<Shot> shots) {
    Set<String> names = new HashSet<>();
    for (Shot shot : shots) {
      if (!names.add(shot.name().toLowerCase(Locale.ROOT))) {
        problems.add(
            new Problem(
                root.toString(),
                "two folders of shots give their results the same name",
                shot.name(),
                "rename one of them"));
      }
    }
  }

  private static boolean isShot(Path folder) {
    return Files.isDirectory(folder)
        && Stream.of("prompt.txt", "first_frame.png", "last_frame.png")
            .anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  private Shot shot(Path folder) {
    Optional<Path> first = image(folder, "first_frame.png", mapping.firstFrame());
    Optional<Path> last = image(folder, "last_frame.png", mapping.lastFrame());
    sizes(folder, first, last);
    Path settings = folder.resolve("settings.yaml");
    return new Shot(
        RunNames.folder(folder.getFileName().toString()),
        text(folder, "prompt.txt", mapping.prompt(), true),
        text(folder, "negative.txt", mapping.negative(), false),
        first,
        last,
        Files.exists(settings) ? settings(settings) : Map.of(),
        settings.toString());
  }

  private Optional<String> text(Path folder, String name, Optional<String> to, boolean needed) {
    Path file = folder.resolve(name);
    if (to.isEmpty() || (!needed && !Files.exists(file))) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file).replace("\uFEFF", "").replace("\r\n", "\n").strip();
      if (text.isEmpty()) {
        problems.add(new Problem(file.toString(), "the file is empty", "", "write the prompt"));
      }
      return Optional.of(text);
    } catch (CharacterCodingException e) {
      problems.add(
          new Problem(file.toString(), "the file is not UTF-8 text", "", "save it as UTF-8"));
    } catch (IOException e) {
      missing(file, to.get(), IoReason.of(e));
    }
    return Optional.empty();
  }

  private Optional<Path> image(Path folder, String name, Optional<String> to) {
    Path file = folder.resolve(name);
    if (to.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      missing(file, to.get(), "");
      return Optional.empty();
    }
    return Optional.of(file);
  }

  private void missing(Path file, String parameter, String found) {
    problems.add(
        new Problem(
            file.toString(),
            "the shot lacks the file that goes to '" + parameter + "'",
            found,
            "put it there, or take it out of the section shots"));
  }

  private void sizes(Path folder, Optional<Path> first, Optional<Path> last) {
    Optional<FrameSize> one = first.flatMap(this::size);
    Optional<FrameSize> other = last.flatMap(this::size);
    if (one.isPresent() && other.isPresent() && !one.equals(other)) {
      problems.add(
          new Problem(
              folder.toString(),
              "first_frame.png and last_frame.png have different sizes",
              one.get() + " and " + other.get(),
              "bring both to one size"));
    }
  }

  private Optional<FrameSize> size(Path image) {
    return switch (images.apply(image)) {
      case Reading.Good<FrameSize>(FrameSize size) -> Optional.of(size);
      case Reading.Bad<FrameSize>(List<Problem> found) -> {
        problems.addAll(found);
        yield Optional.empty();
      }
    };
  }

  private Map<String, JsonNode> settings(Path file) {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    switch (LocatedTree.read(file, SETTINGS)) {
      case Reading.Good<LocatedTree>(LocatedTree tree) -> {
        Section.root(tree, "the shot's settings", problems);
        tree.root().properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
      }
      case Reading.Bad<LocatedTree>(List<Problem> found) -> problems.addAll(found);
    }
    return settings;
  }
}
