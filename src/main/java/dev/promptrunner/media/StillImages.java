package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.swscale;

/** Single pictures to and from their compressed bytes, through FFmpeg's codecs. */
final class StillImages {
  private StillImages() {}

  /** Compresses the picture, scaled to the shape where that differs. */
  static byte[] encode(
      Picture picture, Shape shape, int codecId, Map<String, String> options, String attempted)
      throws MediaException {
    NativeLog.begin();
    AVFrame frame = converted(picture, shape);
    try {
      return encode(frame, codecId, options, attempted);
    } finally {
      av_frame_free(frame);
    }
  }

  /** Decompresses one picture; transparency is dropped, as ComfyUI does. */
  static Picture decode(byte[] bytes, int codecId, String attempted) throws MediaException {
    NativeLog.begin();
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_decoder(codecId));
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try (RgbConverter converter = new RgbConverter()) {
      check(avcodec_open2(context, avcodec_find_decoder(codecId), (AVDictionary) null), attempted);
      check(av_new_packet(packet, bytes.length), attempted);
      packet.data().put(bytes, 0, bytes.length);
      check(avcodec_send_packet(context, packet), attempted);
      check(avcodec_send_packet(context, null), attempted);
      check(avcodec_receive_frame(context, frame), attempted);
      return converter.picture(frame);
    } finally {
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(context);
    }
  }

  private static AVFrame converted(Picture picture, Shape shape) throws MediaException {
    Shape source = Shape.rgb24(picture.width(), picture.height());
    AVFrame rgb = Frames.allocate(source);
    Frames.fill(rgb, picture);
    if (source.equals(shape)) {
      return rgb;
    }
    try (Scaler scaler = new Scaler(source, shape, swscale.SWS_AREA)) {
      AVFrame target = Frames.allocate(shape);
      scaler.scale(rgb, target);
      return target;
    } finally {
      av_frame_free(rgb);
    }
  }

  private static byte[] encode(
      AVFrame frame, int codecId, Map<String, String> settings, String attempted)
      throws MediaException {
    AVCodec codec = avcodec_find_encoder(codecId);
    AVCodecContext context = avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    AVPacket packet = av_packet_alloc();
    try (AVRational second = new AVRational()) {
      context.width(frame.width()).height(frame.height()).pix_fmt(frame.format());
      context.color_range(frame.color_range()).time_base(second.num(1).den(1));
      settings.forEach((key, value) -> av_dict_set(options, key, value, 0));
      check(avcodec_open2(context, codec, options), attempted);
      if (codecId == avcodec.AV_CODEC_ID_MJPEG) {
        frame.quality(context.global_quality());
      }
      check(avcodec_send_frame(context, frame), attempted);
      check(avcodec_send_frame(context, null), attempted);
      check(avcodec_receive_packet(context, packet), attempted);
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes, 0, bytes.length);
      return bytes;
    } finally {
      av_packet_free(packet);
      av_dict_free(options);
      avcodec_free_context(context);
    }
  }

  private static void check(int code, String attempted) throws MediaException {
    Ffmpeg.check(code, attempted, "check that the picture is whole");
  }
}
