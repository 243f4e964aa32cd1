package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Tells what a video file holds without decoding it. {@link Verification} is the proof that it also
 * decodes. Safe for use by many threads.
 */
public final class VideoProbe {
  private VideoProbe() {}

  /**
   * Frames are counted: from an MP4's index when that is complete, else packet by packet, and by
   * decoding where the codec may hide or split frames.
   *
   * @throws MediaException when the file is missing, empty, truncated, without pictures or no video
   */
  public static VideoInfo probe(Path video) throws MediaException {
    try (Source source = Source.open(video)) {
      return info(source);
    }
  }

  /** The file's tags, such as {@code comment}, sorted by name. */
  public static Map<String, String> metadata(Path video) throws MediaException {
    try (Source source = Source.open(video)) {
      Map<String, String> tags = new TreeMap<>();
      AVDictionary dictionary = source.format().metadata();
      AVDictionaryEntry entry = avutil.av_dict_iterate(dictionary, null);
      while (entry != null && !entry.isNull()) {
        tags.put(entry.key().getString(), entry.value().getString());
        entry = avutil.av_dict_iterate(dictionary, entry);
      }
      return Map.copyOf(tags);
    }
  }

  static VideoInfo info(Source source) throws MediaException {
    AVCodecParameters parameters = source.parameters();
    FrameRate rate = source.rate();
    boolean audio = source.hasAudio();
    int frames = countFrames(source);
    return new VideoInfo(
        new FrameSize(parameters.width(), parameters.height()),
        rate,
        frames,
        duration(frames, rate),
        avcodec.avcodec_get_name(parameters.codec_id()).getString(),
        name(avutil.av_get_pix_fmt_name(parameters.format())),
        Colour.of(ColourCodes.of(parameters)),
        audio);
  }

  /** Reads the source to its end unless its index is enough. */
  private static int countFrames(Source source) throws MediaException {
    int entries = avformat_index_get_entries_count(source.stream());
    boolean complete = source.isMp4() && entries > 0 && entries == source.stream().nb_frames();
    int frames;
    if (!Codecs.isFramePerPacket(source.parameters())) {
      frames = countDecoded(source.file());
    } else {
      frames = complete ? countIndex(source, entries) : countPackets(source);
    }
    if (frames == 0) {
      throw new MediaException(
          "reading video " + source.file(),
          "it holds no frames" + NativeLog.suffix(),
          "copy or render the file again");
    }
    return frames;
  }

  private static int countDecoded(Path video) throws MediaException {
    try (FrameCursor cursor = FrameCursor.open(video)) {
      return cursor.skip(Integer.MAX_VALUE);
    }
  }

  private static int countIndex(Source source, int entries) {
    int frames = 0;
    for (int i = 0; i < entries; i++) {
      int flags = avformat_index_get_entry(source.stream(), i).flags();
      frames += (flags & AVIndexEntry.AVINDEX_DISCARD_FRAME) == 0 ? 1 : 0;
    }
    return frames;
  }

  private static int countPackets(Source source) throws MediaException {
    AVPacket packet = av_packet_alloc();
    try {
      int frames = 0;
      while (source.read(packet)) {
        frames += (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0 ? 1 : 0;
      }
      requireEnd(source, frames);
      return frames;
    } finally {
      av_packet_free(packet);
    }
  }

  private static void requireEnd(Source source, int frames) throws MediaException {
    if (NativeLog.recent().stream().anyMatch(line -> line.contains("ended prematurely"))) {
      throw new MediaException(
          "reading video " + source.file(),
          "the file is truncated after frame " + (frames - 1) + NativeLog.suffix(),
          "copy or render the file again");
    }
  }

  private static Duration duration(int frames, FrameRate rate) {
    return Duration.ofNanos(Math.round(frames * 1e9 * rate.denominator() / rate.numerator()));
  }

  private static String name(BytePointer text) {
    return text == null || text.isNull() ? "unknown" : text.getString();
  }
}
