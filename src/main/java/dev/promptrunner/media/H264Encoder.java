package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Frames in, H.264 packets out in coding order, timed in frames. libx264 where FFmpeg has it (the
 * GPL build), else libopenh264 at a bit rate that stands for the crf. Not for use by several
 * threads.
 */
final class H264Encoder implements Resources.Closing {
  static final List<String> BY_PREFERENCE = List.of("libx264", "libopenh264");

  private final AVCodecContext context;

  private H264Encoder(AVCodecContext context) {
    this.context = context;
  }

  static H264Encoder open(EncoderSettings settings) throws MediaException {
    return open(settings, BY_PREFERENCE);
  }

  static H264Encoder open(EncoderSettings settings, List<String> names) throws MediaException {
    NativeLog.begin();
    AVCodec codec = find(names);
    AVCodecContext context = avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    boolean opened = false;
    try {
      configure(context, settings);
      tune(context, options, codec.name().getString(), settings);
      Ffmpeg.check(
          avcodec_open2(context, codec, options),
          "opening the H.264 encoder " + codec.name().getString() + " for " + settings.shape(),
          "check the size and the pixel format");
      opened = true;
      return new H264Encoder(context);
    } finally {
      av_dict_free(options);
      if (!opened) {
        avcodec_free_context(context);
      }
    }
  }

  /** The first of these encoders that this build of FFmpeg has. */
  static AVCodec find(List<String> names) throws MediaException {
    for (String name : names) {
      AVCodec codec = avcodec_find_encoder_by_name(name);
      if (codec != null && !codec.isNull()) {
        return codec;
      }
    }
    throw new MediaException(
        "looking for an H.264 encoder",
        "this build of FFmpeg has none of " + names,
        "use the GPL build of FFmpeg (ffmpeg.licence in pom.xml)");
  }

  AVCodecContext context() {
    return context;
  }

  /** The parameter sets, with start codes. */
  byte[] header() {
    return Codecs.bytes(context.extradata(), context.extradata_size());
  }

  /** How many packets the coding order may run ahead of the showing order. */
  int delay() {
    return context.has_b_frames();
  }

  /** The frame's time must be its number, counted from 0. */
  void send(AVFrame frame) throws MediaException {
    check(avcodec_send_frame(context, frame));
  }

  void sendEnd() throws MediaException {
    check(avcodec_send_frame(context, null));
  }

  /** Fills the packet; false when another frame is needed first or all packets are out. */
  boolean receive(AVPacket packet) throws MediaException {
    int code = avcodec_receive_packet(context, packet);
    if (code == AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
      return false;
    }
    check(code);
    return true;
  }

  private static void configure(AVCodecContext context, EncoderSettings settings) {
    Shape shape = settings.shape();
    context.width(shape.width()).height(shape.height()).pix_fmt(shape.format());
    settings.colour().applyTo(context);
    try (AVRational frame = Ffmpeg.frameDuration(settings.rate());
        AVRational rate = new AVRational()) {
      context.time_base(frame);
      rate.num(settings.rate().numerator()).den(settings.rate().denominator());
      context.framerate(rate);
    }
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    context.thread_count(Ffmpeg.THREADS);
  }

  private static void tune(
      AVCodecContext context, AVDictionary options, String encoder, EncoderSettings settings) {
    if (encoder.equals("libx264")) {
      av_dict_set(options, "preset", settings.preset(), 0);
      av_dict_set(options, "crf", Integer.toString(settings.crf()), 0);
      av_dict_set(options, "x264-params", settings.x264Options(), 0);
    } else {
      context.bit_rate(bitRate(settings));
      context.gop_size(250);
    }
  }

  /** About what x264 spends: 0.1 bit a pixel at crf 23, twice that for every 6 below. */
  private static long bitRate(EncoderSettings settings) {
    Shape shape = settings.shape();
    double pixels = (double) shape.width() * shape.height() * settings.rate().framesPerSecond();
    return (long) (pixels * 0.1 * Math.pow(2, (23 - settings.crf()) / 6.0));
  }

  private static void check(int code) throws MediaException {
    Ffmpeg.check(code, "encoding H.264", "check the free memory");
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
