package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoJoinerTest {
  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void twelve_segments_joined_one_after_the_other_are_copied_exactly() throws Exception {
    Path combined = file("combined_0.mp4");
    List<Picture> segments = new ArrayList<>();
    for (int k = 0; k < 12; k++) {
      Path segment = Clips.plain(file("segment_" + k + ".mp4"), 77 * k, 77);
      segments.addAll(Clips.pictures(segment));
      Path next = file("combined_" + (k + 1) + ".mp4");
      List<Piece> pieces =
          k == 0 ? List.of(Clips.all(segment)) : List.of(Clips.all(combined), Clips.all(segment));
      VideoJoiner.join(pieces, next);
      combined = next;
    }
    assertThat(Clips.numbers(combined)).isEqualTo(Clips.range(0, 924));
    assertThat(Clips.pictures(combined)).isEqualTo(segments);
    assertThat(VideoProbe.probe(combined).frames()).isEqualTo(924);
    Clips.assertConstantRate(combined);
  }

  @ParameterizedTest
  @CsvSource({"10,0", "0,1", "0,2", "0,3", "10,1", "10,3", "1,1", "76,0", "0,76"})
  void trims_are_exact_and_copied_frames_stay_identical(int head, int tail) throws Exception {
    Path before = Clips.plain(file("before.mp4"), 0, 30);
    Path segment = Clips.plain(file("segment.mp4"), 100, 77);
    Path after = Clips.plain(file("after.mp4"), 500, 20);
    Path joined = file("joined.mp4");
    int kept = 77 - head - tail;
    VideoJoiner.join(
        List.of(Clips.all(before), Clips.some(segment, head, kept), Clips.all(after)), joined);
    List<Picture> expected = new ArrayList<>(Clips.pictures(before));
    expected.addAll(Clips.pictures(segment).subList(head, head + kept));
    expected.addAll(Clips.pictures(after));
    List<Integer> numbers = new ArrayList<>(Clips.range(0, 30));
    numbers.addAll(Clips.range(100 + head, 100 + head + kept));
    numbers.addAll(Clips.range(500, 520));
    assertThat(Clips.numbers(joined)).isEqualTo(numbers);
    Clips.assertConstantRate(joined);
    List<Picture> found = Clips.pictures(joined);
    int identical = 0;
    for (int i = 0; i < found.size(); i++) {
      assertThat(Clips.psnr(found.get(i), expected.get(i))).isGreaterThan(40);
      identical += found.get(i).equals(expected.get(i)) ? 1 : 0;
    }
    assertThat(identical).isGreaterThanOrEqualTo(head == 0 ? found.size() - 3 : 50);
  }

  @Test
  void trimmed_segments_joined_one_after_the_other_stay_exact() throws Exception {
    Path combined = file("combined_0.mp4");
    VideoJoiner.join(List.of(Clips.some(Clips.plain(file("first.mp4"), 0, 41), 0, 40)), combined);
    for (int k = 1; k < 6; k++) {
      Path segment = Clips.plain(file("segment_" + k + ".mp4"), 40 * k - 5, 49);
      Path next = file("combined_" + k + ".mp4");
      VideoJoiner.join(List.of(Clips.all(combined), Clips.some(segment, 5, 40)), next);
      combined = next;
    }
    assertThat(Clips.numbers(combined)).isEqualTo(Clips.range(0, 240));
    Clips.assertConstantRate(combined);
    Verification.verify(combined, 240);
    // the segments' own sets, and one pair for all that was encoded at any step
    assertThat(ScannedVideo.read(combined).mergeableSets().orElseThrow().sequenceSets()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bframes=0",
        "keyint=1",
        "keyint=12:min-keyint=12:scenecut=0",
        "keyint=12:min-keyint=12:scenecut=0:open-gop=1",
        "keyint=25:bframes=5:b-adapt=2:b-pyramid=2:ref=5",
        "bframes=8:b-pyramid=1",
        "intra-refresh=1:bframes=0",
        "repeat-headers=1",
        "slices=4"
      })
  void any_structure_of_groups_is_cut_exactly(String options) throws Exception {
    Path segment = Clips.x264(file("segment.mp4"), 0, 60, options);
    List<Picture> source = Clips.pictures(segment);
    for (int[] cut : new int[][] {{0, 60}, {0, 59}, {0, 37}, {13, 47}, {12, 30}, {7, 20}}) {
      Path joined = file("joined_" + cut[0] + "_" + cut[1] + ".mp4");
      Piece piece = Clips.some(segment, cut[0], cut[1]);
      VideoJoiner.join(List.of(piece, Clips.all(segment), piece), joined);
      List<Picture> expected = new ArrayList<>(source.subList(cut[0], cut[0] + cut[1]));
      expected.addAll(source);
      expected.addAll(source.subList(cut[0], cut[0] + cut[1]));
      List<Picture> found = Clips.pictures(joined);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        assertThat(Clips.psnr(found.get(i), expected.get(i))).isGreaterThan(38);
        assertThat(TestPattern.readNumber(found.get(i)))
            .isEqualTo(TestPattern.readNumber(expected.get(i)));
      }
      Clips.assertConstantRate(joined);
    }
  }

  @Test
  void only_the_piece_of_another_size_or_encoder_is_encoded_again() throws Exception {
    Path first = Clips.plain(file("first.mp4"), 0, 20);
    Path larger =
        Clips.x264(file("larger.mp4"), new FrameSize(320, 192), ColourCodes.BT709, 20, 20, "ref=1");
    Path other = Clips.x264(file("other.mp4"), 40, 20, "ref=1:bframes=1");
    Path last = Clips.plain(file("last.mp4"), 60, 20);
    Path joined = file("joined.mp4");
    VideoJoiner.join(
        List.of(Clips.all(first), Clips.all(larger), Clips.all(other), Clips.all(last)), joined);
    assertThat(Clips.numbers(joined)).isEqualTo(Clips.range(0, 80));
    List<Picture> found = Clips.pictures(joined);
    assertThat(found.subList(0, 20)).isEqualTo(Clips.pictures(first));
    assertThat(found.subList(60, 80)).isEqualTo(Clips.pictures(last));
    assertThat(VideoProbe.probe(joined).size()).isEqualTo(Clips.SIZE);
    Clips.assertConstantRate(joined);
  }

  @Test
  void random_pieces_and_ranges_come_out_in_order() throws Exception {
    Random random = new Random(20261121);
    List<Path> files =
        List.of(
            Clips.plain(file("a.mp4"), 0, 50),
            Clips.plain(file("b.mp4"), 1000, 33),
            Clips.x264(file("c.mp4"), 2000, 60, "keyint=10:min-keyint=5"),
            Clips.x264(file("d.mp4"), 3000, 40, "keyint=16:open-gop=1:bframes=4"),
            Clips.x264(file("e.mp4"), 4000, 24, "bframes=0"));
    List<Integer> sizes = List.of(50, 33, 60, 40, 24);
    for (int round = 0; round < 25; round++) {
      List<Piece> pieces = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(5); i++) {
        int which = random.nextInt(files.size());
        int start = random.nextBoolean() ? 0 : random.nextInt(sizes.get(which));
        int room = sizes.get(which) - start;
        int length = random.nextBoolean() ? room : 1 + random.nextInt(room);
        pieces.add(Clips.some(files.get(which), start, length));
        expected.addAll(Clips.range(1000 * which + start, 1000 * which + start + length));
      }
      Path joined = file("joined_" + round + ".mp4");
      VideoJoiner.join(pieces, joined);
      assertThat(Clips.numbers(joined)).as("round %d: %s", round, pieces).isEqualTo(expected);
      Clips.assertConstantRate(joined);
    }
  }

  @Test
  void metadata_goes_into_the_joined_file() throws Exception {
    Path clip = Clips.plain(file("clip.mp4"), 0, 5);
    Path joined = file("joined.mp4");
    VideoJoiner.join(List.of(Clips.all(clip)), joined, Map.of("comment", "job 3"));
    assertThat(VideoProbe.metadata(joined)).containsEntry("comment", "job 3");
  }

  @Test
  void a_piece_with_too_few_frames_is_refused_and_leaves_nothing() throws Exception {
    Path clip = Clips.plain(file("clip.mp4"), 0, 5);
    Path joined = file("joined.mp4");
    assertThatThrownBy(() -> VideoJoiner.join(List.of(Clips.some(clip, 2, 4)), joined))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "taking frames 2–5 of " + clip + ": the video has only 5 frames — take frames below 5");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(clip);
    }
  }
}
