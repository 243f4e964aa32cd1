package dev.promptrunner.media;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** What is known about codecs, and the raw bytes of their parameters. */
final class Codecs {
  /**
   * The codecs that players know in an MP4. In these one packet is one shown frame, so packets can
   * be counted instead of frames.
   */
  private static final Set<Integer> USUAL =
      Set.of(
          avcodec.AV_CODEC_ID_H264,
          avcodec.AV_CODEC_ID_HEVC,
          avcodec.AV_CODEC_ID_VP9,
          avcodec.AV_CODEC_ID_AV1);

  private Codecs() {}

  static boolean isUsualInMp4(int codec) {
    return USUAL.contains(codec);
  }

  static boolean isFramePerPacket(AVCodecParameters parameters) {
    int order = parameters.field_order();
    boolean frames = order == avcodec.AV_FIELD_UNKNOWN || order == avcodec.AV_FIELD_PROGRESSIVE;
    int codec = parameters.codec_id();
    return frames && (USUAL.contains(codec) || isIntraOnly(codec));
  }

  /** Whether decoding can start at every key packet and nothing before is shown after it. */
  static boolean keyPacketsAreClean(int codec) {
    return codec == avcodec.AV_CODEC_ID_VP9 || isIntraOnly(codec);
  }

  static byte[] extradata(AVCodecParameters parameters) {
    return bytes(parameters.extradata(), parameters.extradata_size());
  }

  static byte[] bytes(BytePointer data, int length) {
    byte[] bytes = new byte[length];
    if (length > 0) {
      data.get(bytes, 0, length);
    }
    return bytes;
  }

  /** Replaces the extradata. */
  static void extradata(AVCodecParameters parameters, byte[] bytes) {
    avutil.av_free(parameters.extradata());
    BytePointer data =
        new BytePointer(
            avutil.av_mallocz((long) bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    data.put(bytes, 0, bytes.length);
    parameters.extradata(data).extradata_size(bytes.length);
  }

  /** The number in the first four bytes. */
  static int bigEndian(byte[] bytes) {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  private static boolean isIntraOnly(int codec) {
    AVCodecDescriptor descriptor = avcodec.avcodec_descriptor_get(codec);
    return descriptor != null
        && !descriptor.isNull()
        && (descriptor.props() & avcodec.AV_CODEC_PROP_INTRA_ONLY) != 0;
  }
}
