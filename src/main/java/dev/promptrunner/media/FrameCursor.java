package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Walks over a file's frames in the order they are shown, decoding one after the other; one frame
 * is in memory at a time. A frame that the decoder had to patch up is an error, never passed on.
 * Not for use by several threads.
 */
final class FrameCursor implements AutoCloseable {
  /** AV_FRAME_FLAG_CORRUPT of frame.h, which the binding leaves out. */
  private static final int FLAG_CORRUPT = 1;

  /** A container may land a group late, because it keeps the times of decoding. */
  private static final int JUMPS = 3;

  private final Source source;
  private final Decoder decoder;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private int position;
  private boolean atEnd;
  private boolean held;

  private FrameCursor(Source source, Decoder decoder) {
    this.source = source;
    this.decoder = decoder;
  }

  static FrameCursor open(Path file) throws MediaException {
    return open(file, Ffmpeg.THREADS);
  }

  /** With so many threads for decoding. */
  static FrameCursor open(Path file, int threads) throws MediaException {
    Source source = Source.open(file);
    boolean opened = false;
    try {
      FrameCursor cursor = new FrameCursor(source, Decoder.of(source, threads));
      opened = true;
      return cursor;
    } finally {
      if (!opened) {
        source.close();
      }
    }
  }

  Source source() {
    return source;
  }

  /** The number of the frame that {@link #next()} fills in. */
  int position() {
    return position;
  }

  /** The current frame; overwritten by the next step. */
  AVFrame frame() {
    return frame;
  }

  /** Steps to the next frame; false when there is none. */
  boolean next() throws MediaException {
    if (held || decode()) {
      held = false;
      position++;
      return true;
    }
    return false;
  }

  private boolean decode() throws MediaException {
    while (!decoder.receive(frame)) {
      if (atEnd) {
        return false;
      }
      feed();
    }
    requireSound();
    return true;
  }

  /** Goes to a clean packet at or before the frame; false when the cursor is lost by trying. */
  boolean jump(PacketIndex index, int frame) throws MediaException {
    int clean = index.lastCleanUpTo(Math.min(frame, index.size() - 1));
    if (clean == 0) {
      return true;
    }
    for (int attempt = 0; clean > 0 && attempt < JUMPS; attempt++) {
      boolean decoded = source.seek(index.time(clean)) && decode();
      OptionalInt landed = decoded ? index.frameAt(frame().pts()) : OptionalInt.empty();
      if (landed.isPresent() && landed.getAsInt() <= frame && index.isClean(landed.getAsInt())) {
        position = landed.getAsInt();
        held = true;
        return true;
      }
      decoder.flush();
      atEnd = false;
      clean = index.lastCleanUpTo(clean - 1);
    }
    return false;
  }

  /** Steps over frames; returns how many there really were. */
  int skip(int frames) throws MediaException {
    int skipped = 0;
    while (skipped < frames && next()) {
      skipped++;
    }
    return skipped;
  }

  private void feed() throws MediaException {
    if (source.read(packet)) {
      decoder.send(packet);
    } else {
      decoder.sendEnd();
      atEnd = true;
    }
  }

  private void requireSound() throws MediaException {
    boolean corrupt = (frame.flags() & FLAG_CORRUPT) != 0;
    if (corrupt || frame.decode_error_flags() != 0) {
      throw new MediaException(
          "decoding video " + source.file(),
          "frame " + position + " is damaged" + NativeLog.suffix(),
          "copy or render the file again");
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    decoder.close();
    source.close();
  }
}
