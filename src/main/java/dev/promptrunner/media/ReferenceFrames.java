package dev.promptrunner.media;

import java.nio.file.Path;

/** Cuts single frames out of videos. Safe for use by many threads. */
public final class ReferenceFrames {
  private ReferenceFrames() {}

  /**
   * Writes one frame as a PNG that is whole or absent, pixel for pixel what decoding from the start
   * gives for this number.
   *
   * @param index counted from 0
   * @throws MediaException when the video has no such frame
   */
  public static void cut(Path video, int index, Path png) throws MediaException {
    Png.write(png, frame(video, index));
  }

  static Picture frame(Path video, int index) throws MediaException {
    String attempted = "cutting frame " + index + " out of " + video;
    if (index < 0) {
      throw new MediaException(attempted, "frames are counted from 0", "give a number from 0 on");
    }
    try (FrameCursor cursor = CursorOpening.at(video, index);
        RgbConverter converter = new RgbConverter()) {
      if (!cursor.next()) {
        throw new MediaException(
            attempted,
            "the video has only " + cursor.position() + " frames",
            "give a number below " + cursor.position());
      }
      return converter.picture(cursor.frame());
    }
  }
}
