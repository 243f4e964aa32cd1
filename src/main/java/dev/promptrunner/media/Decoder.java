package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** Packets in, frames out, in the order they are shown. Not for use by several threads. */
final class Decoder implements AutoCloseable {
  private static final String REMEDY = "copy or render the file again";

  private final String attempted;
  private final AVCodecContext context;

  private Decoder(String attempted, AVCodecContext context) {
    this.attempted = attempted;
    this.context = context;
  }

  static Decoder of(Source source) throws MediaException {
    return of(source, Ffmpeg.THREADS);
  }

  /** With so many threads of its own; more cost memory and a fifth more time in sum. */
  static Decoder of(Source source, int threads) throws MediaException {
    AVCodec codec = avcodec_find_decoder(source.parameters().codec_id());
    AVCodecContext context = avcodec_alloc_context3(codec);
    Decoder decoder = new Decoder("decoding video " + source.file(), context);
    boolean opened = false;
    try {
      decoder.check(avcodec_parameters_to_context(context, source.parameters()));
      context.pkt_timebase(source.stream().time_base());
      context.thread_count(threads);
      decoder.check(avcodec_open2(context, codec, (PointerPointer<?>) null));
      opened = true;
      return decoder;
    } finally {
      if (!opened) {
        decoder.close();
      }
    }
  }

  /** The packet's bytes are the caller's again when this returns. */
  void send(AVPacket packet) throws MediaException {
    check(avcodec_send_packet(context, packet));
  }

  /** No packet will follow: the frames still inside come out. */
  void sendEnd() throws MediaException {
    check(avcodec_send_packet(context, null));
  }

  /** Fills the frame; false when another packet is needed first or all frames are out. */
  boolean receive(AVFrame frame) throws MediaException {
    int code = avcodec_receive_frame(context, frame);
    if (code == AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
      return false;
    }
    check(code);
    return true;
  }

  /** Forgets everything, to go on from a key packet elsewhere. */
  void flush() {
    avcodec_flush_buffers(context);
  }

  private void check(int code) throws MediaException {
    Ffmpeg.check(code, attempted, REMEDY);
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
