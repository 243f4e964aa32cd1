package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** Opens a video file, and says for each way in which a file can be no video what it is instead. */
final class SourceOpening {
  /**
   * Containers only: FFmpeg would also read text as terminal art and playlists that name other
   * files.
   */
  private static final String CONTAINERS =
      "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,nut,ivf,gif,apng,h264,hevc,av1,obu,"
          + "mjpeg,wav,mp3,aac,flac";

  private final Path file;
  private final String attempted;
  private final FileBytes bytes;

  private SourceOpening(Path file) {
    this.file = file;
    this.attempted = "reading video " + file;
    this.bytes = new FileBytes(file, attempted);
  }

  static Source open(Path file) throws MediaException {
    return new SourceOpening(file).open();
  }

  private Source open() throws MediaException {
    bytes.requireContent();
    NativeLog.begin();
    AVFormatContext format = openContainer();
    boolean opened = false;
    try {
      Ffmpeg.check(
          avformat_find_stream_info(format, (PointerPointer<?>) null),
          attempted,
          "copy or render the file again");
      Source source = new Source(file, format, pictures(format));
      requireWhole(source);
      opened = true;
      return source;
    } finally {
      if (!opened) {
        avformat_close_input(format);
      }
    }
  }

  private AVFormatContext openContainer() throws MediaException {
    AVFormatContext format = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    int code = avformat_open_input(format, Ffmpeg.url(file), (AVInputFormat) null, options);
    av_dict_free(options);
    if (code < 0) {
      throw notOpened(code);
    }
    return format;
  }

  private MediaException notOpened(int code) throws MediaException {
    boolean noIndex = NativeLog.recent().stream().anyMatch(l -> l.contains("moov atom not found"));
    if (noIndex && bytes.beginAsMp4()) {
      return new MediaException(
          attempted,
          "the file is truncated: after %d bytes its index (moov), written last, is missing"
              .formatted(bytes.size()),
          "copy or render the file again");
    }
    return new MediaException(
        attempted,
        "not a video: " + Ffmpeg.errorText(code) + "; it begins with " + bytes.beginning(),
        "give an MP4, MOV, WebM or MKV file");
  }

  private AVStream pictures(AVFormatContext format) throws MediaException {
    int index =
        avformat.av_find_best_stream(
            format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    boolean cover =
        index >= 0
            && (format.streams(index).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    if (index < 0 || cover) {
      throw noPictures(format);
    }
    AVStream stream = format.streams(index);
    requireDecoder(stream);
    discardOthers(format, index);
    return stream;
  }

  private MediaException noPictures(AVFormatContext format) {
    int audio =
        avformat.av_find_best_stream(
            format, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
    String found =
        audio >= 0
            ? "it holds audio only ("
                + avcodec.avcodec_get_name(format.streams(audio).codecpar().codec_id()).getString()
                + "), no pictures"
            : "it holds no pictures (" + format.nb_streams() + " streams)";
    return new MediaException(attempted, found, "give a file with a video track");
  }

  private void requireDecoder(AVStream stream) throws MediaException {
    AVCodec decoder = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    boolean sized = stream.codecpar().width() > 0 && stream.codecpar().height() > 0;
    if (decoder == null || decoder.isNull() || !sized) {
      throw new MediaException(
          attempted,
          "its pictures cannot be decoded (codec "
              + avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString()
              + ")"
              + NativeLog.suffix(),
          "convert it to H.264");
    }
  }

  private static void discardOthers(AVFormatContext format, int index) {
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != index) {
        format.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
  }

  /** An MP4 whose index stands first opens although its end is cut off: its index tells. */
  private void requireWhole(Source source) throws MediaException {
    long end = source.isMp4() ? indexedEnd(source.stream()) : 0;
    if (end > bytes.size()) {
      throw new MediaException(
          attempted,
          "the file is truncated: it ends after %d bytes, its index goes to %d"
              .formatted(bytes.size(), end),
          "copy or render the file again");
    }
  }

  private static long indexedEnd(AVStream stream) {
    long end = 0;
    int entries = avformat.avformat_index_get_entries_count(stream);
    for (int i = 0; i < entries; i++) {
      AVIndexEntry entry = avformat.avformat_index_get_entry(stream, i);
      end = Math.max(end, entry.pos() + entry.size());
    }
    return end;
  }
}
