package dev.promptrunner.media;

import java.util.Map;
import java.util.Set;

/**
 * How a video is compressed: H.264 in MP4.
 *
 * @param crf constant quality, 0 (no loss in YUV) … 51; 18–23 is usual
 * @param preset the encoder's speed, {@code ultrafast} … {@code placebo}
 * @param pixelFormat {@code yuv420p} (plays everywhere) or {@code yuv444p} (full chroma)
 * @param metadata tags of the file, such as {@code comment}
 */
public record Encoding(int crf, String preset, String pixelFormat, Map<String, String> metadata) {
  private static final Set<String> PRESETS =
      Set.of(
          "ultrafast",
          "superfast",
          "veryfast",
          "faster",
          "fast",
          "medium",
          "slow",
          "slower",
          "veryslow",
          "placebo");

  public Encoding {
    if (crf < 0 || crf > 51) {
      throw new IllegalArgumentException("crf " + crf + " is not between 0 and 51");
    }
    if (!PRESETS.contains(preset)) {
      throw new IllegalArgumentException("preset '" + preset + "' is none of " + PRESETS);
    }
    if (!Set.of("yuv420p", "yuv444p").contains(pixelFormat)) {
      throw new IllegalArgumentException(
          "pixel format '" + pixelFormat + "' is neither yuv420p nor yuv444p");
    }
    metadata = Map.copyOf(metadata);
  }

  /** crf 19, medium, yuv420p, no tags: what the video nodes of ComfyUI write by default. */
  public static Encoding standard() {
    return new Encoding(19, "medium", "yuv420p", Map.of());
  }

  public Encoding withCrf(int quality) {
    return new Encoding(quality, preset, pixelFormat, metadata);
  }

  public Encoding withPreset(String speed) {
    return new Encoding(crf, speed, pixelFormat, metadata);
  }

  public Encoding withMetadata(Map<String, String> tags) {
    return new Encoding(crf, preset, pixelFormat, tags);
  }
}
