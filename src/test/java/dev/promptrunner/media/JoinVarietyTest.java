package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.JoinPlanner.CopyPolicy;
import dev.promptrunner.media.JoinPlanner.Cut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pieces of other codecs, containers and colours. */
class JoinVarietyTest {
  private static final ColourCodes FULL =
      new ColourCodes(
          avutil.AVCOL_RANGE_JPEG,
          avutil.AVCOL_SPC_BT709,
          avutil.AVCOL_PRI_BT709,
          avutil.AVCOL_TRC_BT709);
  private static final ColourCodes BT601 =
      new ColourCodes(
          avutil.AVCOL_RANGE_MPEG,
          avutil.AVCOL_SPC_SMPTE170M,
          avutil.AVCOL_PRI_SMPTE170M,
          avutil.AVCOL_TRC_SMPTE170M);

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path coloured(String name, ColourCodes colour, int first) throws MediaException {
    return Clips.x264(file(name), Clips.SIZE, colour, first, 30, "bframes=3");
  }

  @Test
  void colour_range_and_tags_are_kept_by_copy_and_by_encoding() throws Exception {
    for (ColourCodes colour : List.of(ColourCodes.BT709, FULL, BT601)) {
      Path clip = coloured("clip.mp4", colour, 0);
      Path joined = file("joined.mp4");
      VideoJoiner.join(List.of(Clips.all(clip), Clips.some(clip, 5, 20)), joined);
      assertThat(VideoProbe.probe(joined).colour()).isEqualTo(VideoProbe.probe(clip).colour());
      assertThat(VideoProbe.probe(joined).colour()).isEqualTo(Colour.of(colour));
      List<Picture> source = Clips.pictures(clip);
      List<Picture> found = Clips.pictures(joined);
      assertThat(found.subList(0, 30)).isEqualTo(source);
      for (int i = 0; i < 20; i++) {
        assertThat(Clips.psnr(found.get(30 + i), source.get(5 + i))).isGreaterThan(42);
      }
    }
  }

  @Test
  void a_piece_of_other_colours_is_converted_to_those_of_the_first() throws Exception {
    Path first = coloured("first.mp4", ColourCodes.BT709, 0);
    Path full = coloured("full.mp4", FULL, 30);
    Path other = coloured("other.mp4", BT601, 60);
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(first), Clips.all(full), Clips.all(other)), joined);
    assertThat(VideoProbe.probe(joined).colour()).isEqualTo(Colour.BT709);
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 90));
    List<Picture> found = Clips.pictures(joined);
    assertThat(Clips.psnr(found.get(40), Clips.pictures(full).get(10))).isGreaterThan(33);
    assertThat(Clips.psnr(found.get(70), Clips.pictures(other).get(10))).isGreaterThan(33);
    for (int frame : new int[] {10, 40, 70}) { // the sky, far from any edge
      Picture painted = TestPattern.picture(Clips.SIZE, frame);
      for (int c = 0; c < 3; c++) {
        int place = (4 * 160 + 8) * 3 + c;
        int expected = painted.rgb()[place] & 0xff;
        assertThat(found.get(frame).rgb()[place] & 0xff).isBetween(expected - 4, expected + 4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9,mp4,vp9",
    "libx265,mp4,hevc",
    "libaom-av1,mp4,av1",
    "mpeg4,mkv,h264",
    "mjpeg,mkv,h264",
    "ffv1,mkv,h264"
  })
  void files_of_one_other_codec_are_joined(String encoder, String suffix, String codec)
      throws Exception {
    Path a = OtherFormats.encoded(file("a." + suffix), encoder, 0, 20);
    Path b = OtherFormats.encoded(file("b." + suffix), encoder, 20, 15);
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(a), Clips.all(b)), joined);
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 35));
    assertThat(VideoProbe.probe(joined).codec()).isEqualTo(codec);
    Path trimmed = file("trimmed.mp4");
    VideoJoiner.join(List.of(Clips.some(a, 3, 10), Clips.some(b, 0, 14)), trimmed);
    List<Integer> expected = new ArrayList<>(Clips.range(3, 13));
    expected.addAll(Clips.range(20, 34));
    assertThat(Clips.numbers(trimmed)).isEqualTo(expected);
    assertThat(VideoProbe.probe(trimmed).codec()).isEqualTo("h264");
  }

  @Test
  void a_piece_of_another_codec_in_the_middle_is_encoded_alone() throws Exception {
    Path a = Clips.plain(file("a.mp4"), 0, 20);
    Path b = OtherFormats.encoded(file("b.mkv"), "mpeg4", 20, 20);
    Path c = OtherFormats.matroska(Clips.plain(file("c.mp4"), 40, 20), file("c.mkv"));
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(a), Clips.all(b), Clips.all(c)), joined);
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 60));
    List<Picture> found = Clips.pictures(joined);
    assertThat(found.subList(0, 20)).isEqualTo(Clips.pictures(a));
    assertThat(found.subList(40, 60)).isEqualTo(Clips.pictures(c));
    Clips.assertConstantRate(joined);
  }

  @Test
  void sound_is_left_out() throws Exception {
    Path clip = OtherFormats.withSound(Clips.plain(file("c.mp4"), 0, 20), file("sound.mov"));
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(clip), Clips.some(clip, 0, 10)), joined);
    assertThat(VideoProbe.probe(joined).audio()).isFalse();
    assertThat(VideoProbe.probe(joined).frames()).isEqualTo(30);
  }

  @Test
  void full_chroma_is_kept() throws Exception {
    Path clip = file("full_chroma.mp4");
    Encoding encoding = new Encoding(15, "fast", "yuv444p", Map.of());
    TestPattern.write(clip, new FrameSize(161, 97), Clips.RATE, 0, 30, encoding);
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(clip), Clips.some(clip, 4, 25)), joined);
    assertThat(VideoProbe.probe(joined).pixelFormat()).isEqualTo("yuv444p");
    assertThat(VideoProbe.probe(joined).size()).isEqualTo(new FrameSize(161, 97));
    assertThat(Clips.numbers(joined).subList(30, 55)).isEqualTo(Clips.range(4, 29));
  }

  @ParameterizedTest
  @EnumSource(CopyPolicy.class)
  void every_policy_of_copying_gives_the_same_frames(CopyPolicy policy) throws Exception {
    Path a = Clips.plain(file("a.mp4"), 0, 30);
    Path b = Clips.plain(file("b.mp4"), 30, 30);
    Path joined = file("joined.mp4");
    List<Cut> cuts =
        List.of(
            new Cut(ScannedVideo.read(a), new FrameRange(0, 30)),
            new Cut(ScannedVideo.read(b), new FrameRange(0, 27)));
    try (PartFile part = PartFile.of(joined)) {
      VideoJoiner.join(cuts, policy, part, Map.of());
      part.publish();
    }
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 57));
    boolean copied = Clips.pictures(joined).subList(0, 30).equals(Clips.pictures(a));
    assertThat(copied).isEqualTo(policy != CopyPolicy.NOTHING);
  }

  @Test
  void a_damaged_piece_stops_the_join_and_leaves_the_older_file() throws Exception {
    Path good = Clips.plain(file("good.mp4"), 0, 40);
    byte[] bytes = Files.readAllBytes(Clips.plain(file("whole.mp4"), 40, 40));
    for (int i = bytes.length * 3 / 4; i < bytes.length * 3 / 4 + 300; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path bad = Files.write(file("bad.mp4"), bytes);
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(good)), joined);
    assertThatThrownBy(() -> VideoJoiner.join(List.of(Clips.all(good), Clips.all(bad)), joined))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("decoding video " + bad);
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 40));
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void no_pieces_are_refused() {
    assertThatThrownBy(() -> VideoJoiner.join(List.of(), file("joined.mp4")))
        .isInstanceOf(MediaException.class)
        .hasMessage("joining " + file("joined.mp4") + ": there are no pieces — give at least one");
  }
}
