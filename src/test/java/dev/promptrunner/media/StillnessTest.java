package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillnessTest {
  private static final FrameSize SIZE = new FrameSize(640, 352);

  @TempDir Path folder;

  @Test
  void a_video_of_nothing_but_black_is_black_and_frozen() throws Exception {
    assertThat(of(9, _ -> grey(6))).isEqualTo(new Stillness(true, true));
  }

  @Test
  void a_picture_that_stays_is_frozen_but_not_black() throws Exception {
    assertThat(of(9, _ -> TestPattern.picture(SIZE, 7))).isEqualTo(new Stillness(false, true));
  }

  @Test
  void one_frame_that_differs_is_enough_to_be_alive() throws Exception {
    assertThat(of(9, at -> at == 8 ? TestPattern.picture(SIZE, 7) : grey(0)))
        .isEqualTo(new Stillness(false, false));
    assertThat(of(9, at -> at == 0 ? TestPattern.picture(SIZE, 7) : grey(0)))
        .isEqualTo(new Stillness(false, false));
  }

  @Test
  void darkness_that_changes_is_black_but_not_frozen() throws Exception {
    assertThat(of(9, at -> grey(2 * at))).isEqualTo(new Stillness(true, false));
  }

  @Test
  void a_moving_video_is_neither() throws Exception {
    assertThat(of(9, at -> TestPattern.picture(SIZE, at))).isEqualTo(new Stillness(false, false));
  }

  @Test
  void a_single_frame_is_not_frozen() throws Exception {
    assertThat(of(1, _ -> TestPattern.picture(SIZE, 7))).isEqualTo(new Stillness(false, false));
  }

  @Test
  void a_file_that_breaks_off_is_told() throws Exception {
    Path video = folder.resolve("cut.mp4");
    write(video, 30, at -> grey(1));
    byte[] bytes = Files.readAllBytes(video);
    Files.write(video, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> Stillness.of(video)).isInstanceOf(MediaException.class);
  }

  private Stillness of(int frames, IntFunction<Picture> pictures) throws Exception {
    Path video = folder.resolve("video.mp4");
    write(video, frames, pictures);
    return Stillness.of(video);
  }

  private static void write(Path video, int frames, IntFunction<Picture> pictures)
      throws MediaException {
    Encoding encoding = new Encoding(15, "fast", "yuv420p", Map.of());
    try (FrameWriter writer = FrameWriter.create(video, SIZE, FrameRate.of(16), encoding)) {
      for (int at = 0; at < frames; at++) {
        writer.write(pictures.apply(at));
      }
      writer.finish();
    }
  }

  private static Picture grey(int level) {
    byte[] rgb = new byte[SIZE.width() * SIZE.height() * 3];
    java.util.Arrays.fill(rgb, (byte) level);
    return new Picture(SIZE.width(), SIZE.height(), rgb);
  }
}
