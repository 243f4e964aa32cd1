package dev.promptrunner.prompt;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Questions about names that do not need the disk. */
final class FileNames {
  /** In the order in which a control video is looked for. */
  static final List<String> VIDEO_EXTENSIONS = List.of(".mp4", ".mov", ".webm", ".mkv");

  private FileNames() {}

  /** The last part of the path; empty for a root. */
  static String of(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
  }

  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A video extension in any case is cut off; any other dot belongs to the name. */
  static String withoutVideoExtension(String name) {
    return VIDEO_EXTENSIONS.stream()
        .filter(extension -> endsWith(name, extension))
        .findFirst()
        .map(extension -> name.substring(0, name.length() - extension.length()).strip())
        .orElse(name);
  }

  static boolean endsWith(String name, String extension) {
    int start = name.length() - extension.length();
    return name.regionMatches(true, start, extension, 0, extension.length());
  }

  /**
   * Equal for names that a person reads as the same: case and accents' composition (macOS) aside.
   */
  static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
