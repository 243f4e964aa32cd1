package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Videos with painted numbers, made for a test with any structure of groups. */
final class Clips {
  static final FrameSize SIZE = new FrameSize(160, 96);
  static final FrameRate RATE = FrameRate.of(16);

  private Clips() {}

  /** Numbers {@code first … first + frames − 1}, encoded as the project does. */
  static Path plain(Path file, int first, int frames) throws MediaException {
    TestPattern.write(file, SIZE, RATE, first, frames, Encoding.standard());
    return file;
  }

  /** The same with x264's own options, such as {@code keyint=25:bframes=0}. */
  static Path x264(Path file, int first, int frames, String options) throws MediaException {
    return x264(file, SIZE, ColourCodes.BT709, first, frames, options);
  }

  static Path x264(
      Path file, FrameSize size, ColourCodes colour, int first, int frames, String options)
      throws MediaException {
    boolean full = colour.range() == avutil.AVCOL_RANGE_JPEG;
    Shape shape =
        new Shape(
            size.width(),
            size.height(),
            full ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P,
            colour.space(),
            full);
    EncoderSettings settings = new EncoderSettings(shape, colour, RATE, 20, "fast", options);
    try (FrameWriter writer = FrameWriter.create(file, size, settings, Map.of())) {
      for (int number = first; number < first + frames; number++) {
        writer.write(TestPattern.picture(size, number));
      }
      writer.finish();
    }
    return file;
  }

  static Piece all(Path file) throws MediaException {
    return new Piece(file, new FrameRange(0, VideoProbe.probe(file).frames()));
  }

  static Piece some(Path file, int start, int length) {
    return new Piece(file, new FrameRange(start, length));
  }

  static List<Integer> numbers(Path file) throws MediaException {
    List<Integer> numbers = new ArrayList<>();
    for (Picture picture : pictures(file)) {
      numbers.add(TestPattern.readNumber(picture).orElse(-1));
    }
    return numbers;
  }

  static List<Picture> pictures(Path file) throws MediaException {
    List<Picture> pictures = new ArrayList<>();
    try (FrameReader reader = FrameReader.open(file)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        pictures.add(next.get());
      }
    }
    return pictures;
  }

  static List<Integer> range(int start, int end) {
    List<Integer> range = new ArrayList<>();
    for (int i = start; i < end; i++) {
      range.add(i);
    }
    return range;
  }

  /**
   * Frame n is shown at n frames, decoding times rise by one frame each, none after its showing.
   */
  static void assertConstantRate(Path file) throws MediaException {
    try (Source source = Source.open(file)) {
      AVPacket packet = avcodec.av_packet_alloc();
      long unit = source.stream().time_base().den() / source.rate().numerator();
      long last = Long.MIN_VALUE;
      while (source.read(packet)) {
        assertThat(packet.pts() % unit).isZero();
        assertThat(packet.dts()).isLessThanOrEqualTo(packet.pts());
        assertThat(last == Long.MIN_VALUE ? unit : packet.dts() - last).isEqualTo(unit);
        last = packet.dts();
      }
      avcodec.av_packet_free(packet);
    }
  }

  /** Over all pixels and channels, in decibels; infinite for equal pictures. */
  static double psnr(Picture a, Picture b) {
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      int difference = (a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff);
      sum += (long) difference * difference;
    }
    return 10 * Math.log10(255.0 * 255.0 * a.rgb().length / sum);
  }
}
