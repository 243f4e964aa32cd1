package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

/** Which FFmpeg is inside. */
public final class FfmpegVersion {
  private FfmpegVersion() {}

  /** As FFmpeg names itself: {@code 8.0.1}. */
  public static String text() {
    return av_version_info().getString();
  }
}
