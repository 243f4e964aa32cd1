package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A video whose packets were all read once: what can be told of it without decoding.
 *
 * @param track what has to agree for its packets to stand in one track with others
 * @param header the codec's own header, in hexadecimal digits
 * @param progressive no fields
 */
record ScannedVideo(
    Path file, Track track, String header, boolean progressive, FrameRate rate, PacketScan scan) {
  /** What a decoder is set up with, apart from the codec's own header. */
  record Track(int codec, int width, int height, int pixelFormat, ColourCodes colour) {
    Shape shape() {
      boolean full = colour.range() == avutil.AVCOL_RANGE_JPEG;
      return new Shape(width, height, pixelFormat, colour.space(), full);
    }
  }

  static ScannedVideo read(Path file) throws MediaException {
    try (Source source = Source.open(file)) {
      AVCodecParameters p = source.parameters();
      return new ScannedVideo(
          file,
          new Track(p.codec_id(), p.width(), p.height(), p.format(), ColourCodes.of(p)),
          HexFormat.of().formatHex(Codecs.extradata(p)),
          Codecs.isFramePerPacket(p),
          source.rate(),
          PacketScan.of(source));
    }
  }

  PacketIndex index() {
    return scan.index();
  }

  boolean isH264() {
    return track.codec() == avcodec.AV_CODEC_ID_H264;
  }

  /** Whether its packets' frame numbers are certain. */
  boolean isExact() {
    return progressive && index().isExact();
  }

  /** Its parameter sets, where they alone tell how to decode its packets. */
  Optional<ParameterSets> mergeableSets() {
    return isExact() && scan.ownSetsOnly() ? scan.sets() : Optional.empty();
  }
}
