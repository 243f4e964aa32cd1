package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * What one object has open, closed once and in reverse order, also when its construction breaks off
 * half way. Not for use by several threads.
 */
final class Resources implements AutoCloseable {
  private final Deque<Closing> open = new ArrayDeque<>();

  /** Something to close that fails, if at all, as media do. */
  @FunctionalInterface
  interface Closing extends AutoCloseable {
    @Override
    void close() throws MediaException;
  }

  /** Makes something that owns resources. */
  @FunctionalInterface
  interface Opening<T> {
    T open(Resources resources) throws MediaException;
  }

  /** Makes the object; when that fails, what it had opened already is closed. */
  static <T> T opening(Opening<T> opening) throws MediaException {
    Resources resources = new Resources();
    boolean opened = false;
    try {
      T object = opening.open(resources);
      opened = true;
      return object;
    } finally {
      if (!opened) {
        resources.close();
      }
    }
  }

  <T extends Closing> T add(T resource) {
    open.push(resource);
    return resource;
  }

  AVFrame frame(AVFrame frame) {
    open.push(() -> av_frame_free(frame));
    return frame;
  }

  AVPacket packet(AVPacket packet) {
    open.push(() -> av_packet_free(packet));
    return packet;
  }

  @Override
  public void close() throws MediaException {
    if (!open.isEmpty()) {
      try {
        open.pop().close();
      } finally {
        close();
      }
    }
  }
}
