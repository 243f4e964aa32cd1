package dev.promptrunner.prompt;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What one prompt file asks for.
 *
 * @param file where it stands, as it was given
 * @param videoName the control video's base name without its video extension: one safe name for
 *     folders, files and objects
 * @param frames how many frames the final video shall have, 1 … 1,000,000
 * @param positive never blank; empty lines inside it are kept
 * @param negative empty when the file says {@code -}
 * @param controlVideo the video beside the file; empty means that the server's input folder has it
 * @param referenceImage the picture that conditions the first pair
 * @param lines where the values stand in the file
 */
public record PromptFile(
    Path file,
    String videoName,
    int frames,
    String positive,
    String negative,
    Optional<Path> controlVideo,
    Optional<Path> referenceImage,
    Lines lines) {

  /** Where its values stand, from 1, so that problems found later can point there. */
  public record Lines(int videoName, int frames) {}

  /** {@code prompts/walk.txt:1}. */
  public String whereVideoName() {
    return file + ":" + lines.videoName;
  }

  /** {@code prompts/walk.txt:3}. */
  public String whereFrames() {
    return file + ":" + lines.frames;
  }

  /** The file's name without its extension: {@code walk} of {@code prompts/walk.txt}. */
  public String stem() {
    return FileNames.stem(FileNames.of(file));
  }
}
