package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;

import dev.promptrunner.base.FrameRate;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An open video file: its container and the one stream of pictures in it. Everything else in the
 * file is skipped unread. Not for use by several threads.
 */
final class Source implements AutoCloseable {
  private final Path file;
  private final AVFormatContext format;
  private final AVStream stream;

  Source(Path file, AVFormatContext format, AVStream stream) {
    this.file = file;
    this.format = format;
    this.stream = stream;
  }

  /** Opens the file, or tells why it is not a whole video. */
  static Source open(Path file) throws MediaException {
    return SourceOpening.open(file);
  }

  Path file() {
    return file;
  }

  AVFormatContext format() {
    return format;
  }

  AVStream stream() {
    return stream;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  boolean isMp4() {
    return format.iformat().name().getString().startsWith("mov");
  }

  boolean hasAudio() {
    int found =
        av_find_best_stream(
            format,
            avutil.AVMEDIA_TYPE_AUDIO,
            -1,
            -1,
            (org.bytedeco.javacpp.PointerPointer<?>) null,
            0);
    return found >= 0;
  }

  /** The average rate; players and ComfyUI's loaders go by it. */
  FrameRate rate() throws MediaException {
    AVRational average = stream.avg_frame_rate();
    AVRational rate = average.num() > 0 && average.den() > 0 ? average : stream.r_frame_rate();
    if (rate.num() <= 0 || rate.den() <= 0) {
      throw new MediaException(
          "reading video " + file, "it has no frame rate", "convert it to an MP4 video");
    }
    return new FrameRate(rate.num(), rate.den());
  }

  /** Reads the next packet of the pictures; false at the end of the file. */
  boolean read(AVPacket packet) throws MediaException {
    while (true) {
      avcodec.av_packet_unref(packet);
      int code = av_read_frame(format, packet);
      if (code == avutil.AVERROR_EOF()) {
        return false;
      }
      Ffmpeg.check(code, "reading video " + file, "copy or render the file again");
      if (packet.stream_index() == stream.index()) {
        return true;
      }
    }
  }

  /** Goes to the key packet at or before the time, in the stream's units. */
  boolean seek(long timestamp) {
    return avformat_seek_file(
            format,
            stream.index(),
            Long.MIN_VALUE,
            timestamp,
            timestamp,
            avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  @Override
  public void close() {
    avformat_close_input(format);
  }
}
