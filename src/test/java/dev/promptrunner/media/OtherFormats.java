package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import dev.promptrunner.base.FrameSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Files that the project itself does not write, for tests of reading them. */
final class OtherFormats {
  private static final int SOUND_RATE = 8000;

  private OtherFormats() {}

  static Path matroska(Path video, Path target) throws MediaException {
    return remuxed(video, target, "matroska", false);
  }

  static Path withIndexLast(Path video, Path target) throws MediaException {
    return remuxed(video, target, "mp4", false);
  }

  static Path withSound(Path video, Path target) throws MediaException {
    return remuxed(video, target, "mov", true);
  }

  /** A WAV file of silence. */
  static byte[] wav(int samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + samples * 2).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SOUND_RATE).putInt(SOUND_RATE * 2);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(samples * 2);
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Path remuxed(Path video, Path target, String name, boolean sound)
      throws MediaException {
    AVPacket packet = av_packet_alloc();
    try (Source source = Source.open(video);
        Output output = new Output(target, name)) {
      AVStream stream = output.add(source.parameters(), source.stream().time_base());
      Optional<AVStream> silence = sound ? Optional.of(output.addSilence()) : Optional.empty();
      output.begin();
      if (silence.isPresent()) {
        output.writeSilence(packet, silence.get(), SOUND_RATE);
      }
      while (source.read(packet)) {
        output.write(packet, stream, source.stream().time_base());
      }
      output.end();
    } finally {
      av_packet_free(packet);
    }
    return target;
  }

  /** The same frames, each shown twice as long as the one before; the video has no B-frames. */
  static Path slowingDown(Path video, Path target) throws MediaException {
    AVPacket packet = av_packet_alloc();
    try (Source source = Source.open(video);
        Output output = new Output(target, "matroska")) {
      AVRational millisecond = new AVRational().num(1).den(1000);
      AVStream stream = output.add(source.parameters(), millisecond);
      output.begin();
      for (long time = 10; source.read(packet); time *= 2) {
        packet.pts(time).dts(time).duration(time);
        output.write(packet, stream, millisecond);
      }
      output.end();
    } finally {
      av_packet_free(packet);
    }
    return target;
  }

  /** Numbers {@code first …} in 4:2:0 by any of FFmpeg's encoders, BT.709 in TV range. */
  static Path encoded(Path target, String encoder, int first, int frames) throws MediaException {
    NativeLog.begin();
    boolean jpeg = encoder.equals("mjpeg");
    FrameSize size = Clips.SIZE;
    Shape shape =
        new Shape(
            size.width(),
            size.height(),
            jpeg ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P,
            avutil.AVCOL_SPC_BT709,
            jpeg);
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVRational unit = Ffmpeg.frameDuration(Clips.RATE);
    context.width(size.width()).height(size.height()).pix_fmt(shape.format()).time_base(unit);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER).bit_rate(2_000_000);
    context.color_range(jpeg ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    context.colorspace(avutil.AVCOL_SPC_BT709).gop_size(10);
    AVDictionary options = new AVDictionary(null);
    if (encoder.equals("libx265")) {
      avutil.av_dict_set(options, "x265-params", "log-level=none", 0); // it has a log of its own
    }
    Ffmpeg.check(avcodec.avcodec_open2(context, codec, options), encoder, "-");
    avutil.av_dict_free(options);
    AVPacket packet = av_packet_alloc();
    AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
    avcodec.avcodec_parameters_from_context(parameters, context);
    String container = target.toString().endsWith(".mp4") ? "mp4" : "matroska";
    try (Output output = new Output(target, container);
        Scaler scaler = new Scaler(Shape.rgb24(size.width(), size.height()), shape)) {
      AVStream stream = output.add(parameters, unit);
      output.begin();
      for (int i = 0; i <= frames; i++) {
        AVFrame frame = i < frames ? frame(scaler, first + i) : null;
        if (frame != null) {
          frame.pts(i);
        }
        Ffmpeg.check(avcodec.avcodec_send_frame(context, frame), encoder, "-");
        while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
          packet.duration(1);
          output.write(packet, stream, unit);
        }
        if (frame != null) {
          avutil.av_frame_free(frame);
        }
      }
      output.end();
    } finally {
      avcodec.avcodec_parameters_free(parameters);
      av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
    return target;
  }

  private static AVFrame frame(Scaler scaler, int number) throws MediaException {
    AVFrame rgb = Frames.allocate(scaler.from());
    AVFrame yuv = Frames.allocate(scaler.to());
    Frames.fill(rgb, TestPattern.picture(Clips.SIZE, number));
    scaler.scale(rgb, yuv);
    avutil.av_frame_free(rgb);
    return yuv;
  }

  private static final class Output implements AutoCloseable {
    private final AVFormatContext format = new AVFormatContext(null);

    Output(Path file, String name) throws MediaException {
      avformat_alloc_output_context2(format, (AVOutputFormat) null, name, file.toString());
      AVIOContext io = new AVIOContext(null);
      Ffmpeg.check(avio_open(io, Ffmpeg.url(file), avformat.AVIO_FLAG_WRITE), "opening", "-");
      format.pb(io);
    }

    AVStream add(AVCodecParameters parameters, AVRational unit) {
      AVStream stream = avformat_new_stream(format, null);
      avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
      stream.codecpar().codec_tag(0);
      stream.time_base(unit);
      stream.avg_frame_rate(new AVRational().num(Clips.RATE.numerator()).den(1));
      return stream;
    }

    AVStream addSilence() {
      AVStream stream = avformat_new_stream(format, null);
      stream.codecpar().codec_type(avutil.AVMEDIA_TYPE_AUDIO);
      stream.codecpar().codec_id(avcodec.AV_CODEC_ID_PCM_S16LE).sample_rate(SOUND_RATE);
      stream.codecpar().format(avutil.AV_SAMPLE_FMT_S16).block_align(2);
      avutil.av_channel_layout_default(stream.codecpar().ch_layout(), 1);
      stream.time_base(new AVRational().num(1).den(SOUND_RATE));
      return stream;
    }

    void begin() throws MediaException {
      Ffmpeg.check(avformat_write_header(format, (AVDictionary) null), "header", "-");
    }

    void writeSilence(AVPacket packet, AVStream stream, int samples) throws MediaException {
      avcodec.av_new_packet(packet, samples * 2);
      packet.data().put(new byte[samples * 2], 0, samples * 2);
      packet.pts(0).dts(0).duration(samples).stream_index(stream.index());
      Ffmpeg.check(av_interleaved_write_frame(format, packet), "sound", "-");
    }

    void write(AVPacket packet, AVStream stream, AVRational unit) throws MediaException {
      packet.stream_index(stream.index()).pos(-1);
      avcodec.av_packet_rescale_ts(packet, unit, stream.time_base());
      Ffmpeg.check(av_interleaved_write_frame(format, packet), "pictures", "-");
    }

    void end() throws MediaException {
      Ffmpeg.check(av_write_trailer(format), "trailer", "-");
    }

    @Override
    public void close() {
      avio_closep(format.pb());
      avformat_free_context(format);
    }
  }
}
