package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** The few conventions of FFmpeg's C API that every class here needs. */
final class Ffmpeg {
  /** More decoder or encoder threads than this cost memory and gain nothing at video sizes. */
  static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

  private Ffmpeg() {}

  /** Returns the code when it is a success, else throws with FFmpeg's own words. */
  static int check(int code, String attempted, String remedy) throws MediaException {
    if (code < 0) {
      throw new MediaException(attempted, errorText(code) + NativeLog.suffix(), remedy);
    }
    return code;
  }

  /** FFmpeg's sentence for a negative code. */
  static String errorText(int code) {
    byte[] text = new byte[256];
    avutil.av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** With the protocol named, so that a colon in a file name is only a colon. */
  static String url(Path file) {
    return "file:" + file.toAbsolutePath();
  }

  /** The duration of one frame; the caller closes it. */
  static AVRational frameDuration(FrameRate rate) {
    return new AVRational().num(rate.denominator()).den(rate.numerator());
  }
}
