package dev.promptrunner.media;

import java.nio.file.Path;

/**
 * Opens a video at a frame by the shortest way that gives the same pixels as decoding from the
 * start: from the last clean packet before it, where frame numbers are certain; else from the
 * start.
 */
final class CursorOpening {
  /** Decoding this many frames takes about as long as reading all packets of a usual video. */
  private static final int SCAN_PAYS_FROM = 32;

  private CursorOpening() {}

  /** Past the end, the cursor stands at the end. */
  static FrameCursor at(Path file, int frame) throws MediaException {
    return frame < SCAN_PAYS_FROM
        ? skipped(FrameCursor.open(file), frame)
        : at(ScannedVideo.read(file), frame);
  }

  static FrameCursor at(ScannedVideo video, int frame) throws MediaException {
    FrameCursor cursor = near(video, frame);
    return skipped(cursor, frame - cursor.position());
  }

  private static FrameCursor near(ScannedVideo video, int frame) throws MediaException {
    FrameCursor cursor = FrameCursor.open(video.file());
    boolean there = false;
    try {
      there = !video.isExact() || cursor.jump(video.index(), frame);
    } finally {
      if (!there) {
        cursor.close();
      }
    }
    return there ? cursor : FrameCursor.open(video.file());
  }

  private static FrameCursor skipped(FrameCursor cursor, int frames) throws MediaException {
    boolean there = false;
    try {
      cursor.skip(frames);
      there = true;
      return cursor;
    } finally {
      if (!there) {
        cursor.close();
      }
    }
  }
}
