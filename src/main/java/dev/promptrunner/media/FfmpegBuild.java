package dev.promptrunner.media;

import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The FFmpeg that this program carries, for {@code doctor} and manifests.
 *
 * @param version such as {@code 8.0.1}
 * @param licence such as {@code GPL version 3 or later}
 * @param h264Encoder the encoder that videos are written with
 * @param note what is different from the usual, for a person; empty when nothing is
 */
public record FfmpegBuild(
    String version, String licence, String h264Encoder, Optional<String> note) {
  /** Loads FFmpeg, which takes about a second the first time on a machine. */
  public static FfmpegBuild current() throws MediaException {
    NativeLog.begin();
    String encoder = H264Encoder.find(H264Encoder.BY_PREFERENCE).name().getString();
    return new FfmpegBuild(
        avutil.av_version_info().getString(),
        avutil.avutil_license().getString(),
        encoder,
        note(encoder));
  }

  static Optional<String> note(String encoder) {
    return encoder.equals("libx264")
        ? Optional.empty()
        : Optional.of(
            "this build of FFmpeg has no libx264: videos are written by "
                + encoder
                + " at a bit rate instead of a constant quality, and a trimmed piece makes a join"
                + " encode all pieces again; the GPL build (ffmpeg.licence in pom.xml) has it");
  }
}
