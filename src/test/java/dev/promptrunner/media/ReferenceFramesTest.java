package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceFramesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyint=250",
        "keyint=1",
        "keyint=2:min-keyint=2:scenecut=0",
        "keyint=5:min-keyint=5:scenecut=0:bframes=3",
        "keyint=12:min-keyint=12:scenecut=0:open-gop=1",
        "keyint=25:bframes=0",
        "keyint=40:bframes=8:b-pyramid=2:ref=6",
        "keyint=30:intra-refresh=1:bframes=0"
      })
  void a_frame_by_number_equals_sequential_decoding(String options) throws Exception {
    Path video = Clips.x264(folder.resolve("v.mp4"), 0, 300, options);
    List<Picture> sequential = Clips.pictures(video);
    assertThat(sequential).hasSize(300);
    for (int index : new int[] {0, 1, 31, 32, 77, 143, 249, 250, 299}) {
      Path png = folder.resolve("frame_" + index + ".png");
      ReferenceFrames.cut(video, index, png);
      assertThat(Png.read(png)).as("frame %d", index).isEqualTo(sequential.get(index));
      assertThat(TestPattern.readNumber(Png.read(png))).hasValue(index);
    }
  }

  @Test
  void other_codecs_and_containers_give_the_same_frames() throws Exception {
    for (String encoder : new String[] {"mpeg4", "mjpeg", "libvpx-vp9", "ffv1"}) {
      Path video = OtherFormats.encoded(folder.resolve(encoder + ".mkv"), encoder, 0, 60);
      List<Picture> sequential = Clips.pictures(video);
      for (int index : new int[] {0, 33, 40, 59}) {
        assertThat(ReferenceFrames.frame(video, index)).isEqualTo(sequential.get(index));
      }
    }
    Path clip = Clips.x264(folder.resolve("v.mp4"), 0, 60, "keyint=10");
    Path mkv = OtherFormats.matroska(clip, folder.resolve("v.mkv"));
    assertThat(ReferenceFrames.frame(mkv, 47)).isEqualTo(Clips.pictures(clip).get(47));
  }

  @Test
  void a_reader_opened_at_a_frame_goes_on_from_there() throws Exception {
    Path video = Clips.x264(folder.resolve("v.mp4"), 0, 100, "keyint=10");
    try (FrameReader reader = FrameReader.openAt(video, 57)) {
      for (int number = 57; number < 100; number++) {
        assertThat(reader.position()).isEqualTo(number);
        assertThat(TestPattern.readNumber(reader.next().orElseThrow())).hasValue(number);
      }
      assertThat(reader.next()).isEmpty();
      assertThat(reader.position()).isEqualTo(100);
    }
    try (FrameReader reader = FrameReader.openAt(video, 170)) {
      assertThat(reader.next()).isEmpty();
      assertThat(reader.position()).isEqualTo(100);
    }
  }

  @Test
  void a_frame_that_is_not_there_is_told_and_leaves_no_file() throws Exception {
    Path video = Clips.plain(folder.resolve("v.mp4"), 0, 40);
    Path png = folder.resolve("ref.png");
    for (int index : new int[] {40, 1000}) {
      assertThatThrownBy(() -> ReferenceFrames.cut(video, index, png))
          .isInstanceOf(MediaException.class)
          .hasMessage(
              "cutting frame %d out of %s: the video has only 40 frames — give a number below 40"
                  .formatted(index, video));
    }
    assertThatThrownBy(() -> ReferenceFrames.cut(video, -1, png))
        .hasMessageContaining("frames are counted from 0");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(video);
    }
  }
}
