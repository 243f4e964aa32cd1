package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the control video of the shipped prompt files: the build runs it, so that no binary lies
 * in the repository.
 */
public final class SampleVideo {
  private static final FrameSize SIZE = new FrameSize(320, 320);
  private static final int FRAMES = 240;

  private SampleVideo() {}

  /** Takes the path of the video; one that exists is left alone. */
  public static void main(String[] args) throws MediaException {
    Path video = Path.of(args[0]);
    if (!Files.exists(video)) {
      TestPattern.write(video, SIZE, FrameRate.of(16), FRAMES);
    }
  }
}
