package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.promptrunner.base.FrameRate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Writes one stream of pictures into an MP4 with constant frame times and its index first, so that
 * a browser can start to play before it has the whole file. Not for use by several threads.
 */
final class Mp4Muxer implements Resources.Closing {
  /** The tags that every player knows; others need Apple's newer form for all of them. */
  private static final Set<String> COMMON_TAGS =
      Set.of("title", "artist", "album", "comment", "genre", "copyright", "description", "date");

  /** Apple's players know HEVC under this name only; 0 lets FFmpeg choose. */
  private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

  private final Path file;
  private final AVFormatContext format;
  private final AVRational frame;

  private Mp4Muxer(Path file, AVFormatContext format, AVRational frame) {
    this.file = file;
    this.format = format;
    this.frame = frame;
  }

  static Mp4Muxer open(
      Path file, AVCodecParameters parameters, FrameRate rate, Map<String, String> metadata)
      throws MediaException {
    NativeLog.begin();
    AVFormatContext format = new AVFormatContext(null);
    Ffmpeg.check(
        avformat_alloc_output_context2(format, (AVOutputFormat) null, "mp4", Ffmpeg.url(file)),
        "writing " + file,
        "free memory");
    Mp4Muxer muxer = new Mp4Muxer(file, format, Ffmpeg.frameDuration(rate));
    boolean opened = false;
    try {
      muxer.addStream(parameters, rate);
      muxer.writeHeader(metadata);
      opened = true;
      return muxer;
    } finally {
      if (!opened) {
        muxer.close();
      }
    }
  }

  /**
   * Writes the packet and empties it.
   *
   * @param shown when it is shown, in frames
   * @param decoded when it is decoded, in frames; one more than at the call before
   */
  void write(AVPacket packet, long shown, long decoded) throws MediaException {
    packet.pts(shown).dts(decoded).duration(1).stream_index(0).pos(-1);
    av_packet_rescale_ts(packet, frame, format.streams(0).time_base());
    check(av_interleaved_write_frame(format, packet));
  }

  /** Completes the file. */
  void finish() throws MediaException {
    check(av_write_trailer(format));
    AVIOContext io = format.pb();
    format.pb(null);
    check(avio_closep(io));
  }

  private void addStream(AVCodecParameters parameters, FrameRate rate) throws MediaException {
    AVStream stream = avformat_new_stream(format, null);
    check(avcodec_parameters_copy(stream.codecpar(), parameters));
    boolean hevc = parameters.codec_id() == avcodec.AV_CODEC_ID_HEVC;
    stream.codecpar().codec_tag(hevc ? HVC1 : 0);
    stream.time_base(frame);
    try (AVRational perSecond = new AVRational()) {
      perSecond.num(rate.numerator()).den(rate.denominator());
      stream.avg_frame_rate(perSecond);
    }
  }

  private void writeHeader(Map<String, String> metadata) throws MediaException {
    AVDictionary tags = new AVDictionary(null);
    metadata.forEach((key, value) -> av_dict_set(tags, key, value, 0));
    format.metadata(tags); // the container frees it
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, Ffmpeg.url(file), avformat.AVIO_FLAG_WRITE));
    format.pb(io);
    AVDictionary options = new AVDictionary(null);
    boolean common = COMMON_TAGS.containsAll(metadata.keySet());
    av_dict_set(options, "movflags", common ? "+faststart" : "+faststart+use_metadata_tags", 0);
    int code = avformat_write_header(format, options);
    av_dict_free(options);
    check(code);
  }

  private void check(int code) throws MediaException {
    Ffmpeg.check(code, "writing " + file, "check the free space and the folder's rights");
  }

  @Override
  public void close() {
    if (format.pb() != null && !format.pb().isNull()) {
      avio_closep(format.pb());
    }
    avformat_free_context(format);
    frame.close();
  }
}
