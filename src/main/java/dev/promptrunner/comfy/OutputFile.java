package dev.promptrunner.comfy;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A file that a job reported, in the server's own words. Nothing in it is trusted: see {@link
 * #problem()}.
 *
 * @param nodeId the node as the workflow names it (an expanded sub-node is reported under the node
 *     it stands for)
 * @param key the output's key, such as {@code images}, {@code gifs}, {@code latents}; it does not
 *     tell pictures from videos, since ComfyUI's own video savers use {@code images}
 * @param subfolder below the folder of its type; empty for none
 * @param type {@code output}, {@code temp} or {@code input}
 * @param fullPath the path on the server's disk, when the node told it
 */
public record OutputFile(
    String nodeId,
    String key,
    String filename,
    String subfolder,
    String type,
    Optional<String> fullPath) {
  private static final Set<String> TYPES = Set.of("output", "temp", "input");
  private static final Set<String> VIDEOS = Set.of("mp4", "webm", "mkv", "mov", "gif", "avi");

  /** Bytes of a name, with room for what is added to it while it is fetched. */
  private static final int LONGEST = 240;

  private static final String WITH_AUDIO = "-audio";

  /** Why this name may not be used, if so: it would lead out of the server's folder. */
  public Optional<String> problem() {
    if (!TYPES.contains(type)) {
      return Optional.of("the folder type '" + type + "' is none of output, temp, input");
    }
    if (filename.isBlank() || filename.equals(".") || filename.contains("/") || leaves(filename)) {
      return Optional.of("the file name '" + filename + "' leads out of its folder");
    }
    if (subfolder.startsWith("/") || subfolder.matches("[A-Za-z]:.*") || leaves(subfolder)) {
      return Optional.of("the sub-folder '" + subfolder + "' leads out of its folder");
    }
    if (filename.getBytes(StandardCharsets.UTF_8).length > LONGEST
        || !isPath(subfolder, filename)) {
      return Optional.of(
          "the name '" + filename.substring(0, Math.min(filename.length(), 40)) + "' is no file's");
    }
    return Optional.empty();
  }

  /** Half of a surrogate pair, say, is text in JSON, but no name of a file. */
  private static boolean isPath(String subfolder, String filename) {
    try {
      return Path.of(subfolder, filename).getFileName() != null;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Backslashes part folders on a Windows server, and a NUL ends a name for the system. */
  private static boolean leaves(String path) {
    for (String part : path.split("[/\\\\]")) {
      if (part.equals("..")) {
        return true;
      }
    }
    return path.indexOf('\0') >= 0 || path.contains("..\\");
  }

  /** Whether it lasts; files of type temp are wiped when the server starts or ends. */
  public boolean lasting() {
    return type.equals("output");
  }

  /** By the extension, because the key does not tell. */
  public boolean video() {
    return VIDEOS.contains(extension());
  }

  /** Lower case, without the dot; empty for none. */
  public String extension() {
    int dot = filename.lastIndexOf('.');
    return dot < 0 ? "" : filename.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * The video without sound that VideoHelperSuite leaves beside {@code x-audio.mp4}, which alone it
   * reports.
   */
  public Optional<OutputFile> silentTwin() {
    int dot = filename.lastIndexOf('.');
    String stem = dot < 0 ? filename : filename.substring(0, dot);
    if (!key.equals("gifs") || !stem.endsWith(WITH_AUDIO)) {
      return Optional.empty();
    }
    String silent =
        stem.substring(0, stem.length() - WITH_AUDIO.length()) + filename.substring(stem.length());
    return Optional.of(new OutputFile(nodeId, key, silent, subfolder, type, Optional.empty()));
  }

  /** {@code subfolder/filename [type]}, as loader nodes take it. */
  @Override
  public String toString() {
    return (subfolder.isEmpty() ? "" : subfolder + "/") + filename + " [" + type + "]";
  }
}
