package dev.promptrunner.media;

import java.nio.file.Path;

/** The proof that a video is what was asked for. Safe for use by many threads. */
public final class Verification {
  private Verification() {}

  /**
   * Decodes the whole file.
   *
   * @throws MediaException when it does not decode completely or has another number of frames
   */
  public static void verify(Path video, int expectedFrames) throws MediaException {
    try (FrameCursor cursor = FrameCursor.open(video)) {
      requireFrames(video, expectedFrames, cursor.skip(Integer.MAX_VALUE));
    }
  }

  static void requireFrames(Path video, int expected, int found) throws MediaException {
    if (found != expected) {
      throw new MediaException(
          "verifying video " + video,
          "it has " + found + " frames, not the " + expected + " that were asked for",
          "render or join it again");
    }
  }
}
