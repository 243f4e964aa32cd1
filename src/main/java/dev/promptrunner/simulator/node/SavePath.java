package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a node saves: ComfyUI's folder, base name and counter for a filename prefix.
 *
 * @param folder exists
 * @param base the file name without counter and ending
 * @param subfolder of the root, with slashes; empty at the root itself
 * @param counter one more than the highest in the folder
 */
record SavePath(Path folder, String base, String subfolder, int counter) {

  static SavePath of(String prefix, Path root, FrameSize size) throws NodeException, IOException {
    String expanded =
        prefix
            .replace("%width%", Integer.toString(size.width()))
            .replace("%height%", Integer.toString(size.height()));
    Path target =
        Folders.below(root, expanded)
            .filter(file -> !file.equals(root))
            .orElseThrow(
                () ->
                    new NodeException(
                        "Exception",
                        "**** ERROR: Saving image outside the output folder is not allowed.\n"
                            + " filename_prefix: "
                            + prefix));
    Path folder = target.getParent() == null ? root : target.getParent();
    Files.createDirectories(folder);
    String base = target.getFileName().toString();
    String subfolder = root.relativize(folder).toString();
    return new SavePath(folder, base, subfolder, highest(folder, base) + 1);
  }

  /** {@code base_00007} and whatever follows. */
  String numbered(int number) {
    return "%s_%05d".formatted(base, number);
  }

  private static int highest(Path folder, String base) throws IOException {
    Pattern form = Pattern.compile(Pattern.quote(base) + "_(\\d{1,9})\\D*\\..+");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> form.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .max()
          .orElse(0);
    }
  }
}
