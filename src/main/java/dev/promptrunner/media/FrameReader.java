package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a video's frames as pictures, one after the other, from frame 0; one frame is in memory at
 * a time. A truncated or damaged file is an error at the place where it shows. Not for use by
 * several threads.
 */
public final class FrameReader implements AutoCloseable {
  private final FrameCursor cursor;
  private final RgbConverter converter = new RgbConverter();
  private final FrameRate rate;

  private FrameReader(FrameCursor cursor, FrameRate rate) {
    this.cursor = cursor;
    this.rate = rate;
  }

  public static FrameReader open(Path video) throws MediaException {
    return of(FrameCursor.open(video));
  }

  /**
   * Opens a video at a frame, by a shorter way than decoding from the start where that is proven to
   * give the same pixels. Past the end, {@link #next()} is empty and {@link #position()} tells how
   * many frames there are.
   *
   * @param frame counted from 0
   */
  public static FrameReader openAt(Path video, int frame) throws MediaException {
    return of(CursorOpening.at(video, frame));
  }

  private static FrameReader of(FrameCursor cursor) throws MediaException {
    boolean opened = false;
    try {
      FrameReader reader = new FrameReader(cursor, cursor.source().rate());
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        cursor.close();
      }
    }
  }

  public FrameSize size() {
    return new FrameSize(
        cursor.source().parameters().width(), cursor.source().parameters().height());
  }

  public FrameRate rate() {
    return rate;
  }

  /** The number of the frame that {@link #next()} returns. */
  public int position() {
    return cursor.position();
  }

  /** The next frame; empty after the last one. */
  public Optional<Picture> next() throws MediaException {
    return cursor.next() ? Optional.of(converter.picture(cursor.frame())) : Optional.empty();
  }

  /**
   * Steps over frames without making pictures of them; exact, because they are decoded.
   *
   * @return how many frames there were to step over: fewer than asked only at the end
   */
  public int skip(int frames) throws MediaException {
    return cursor.skip(frames);
  }

  @Override
  public void close() {
    converter.close();
    cursor.close();
  }
}
