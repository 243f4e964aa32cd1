package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPatternTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"64,64", "160,96", "480,832", "333,177"})
  void the_number_outlives_compression_doubling_and_repetition(int width, int height)
      throws Exception {
    FrameSize size = new FrameSize(width, height);
    FrameSize twice = new FrameSize(2 * width, 2 * height);
    Path video = folder.resolve("v.mp4");
    List<Integer> numbers = List.of(0, 1, 2, 255, 256, 4095, 21845, 43690, 65535);
    try (FrameWriter writer =
        FrameWriter.create(video, twice, Clips.RATE, Encoding.standard().withCrf(23))) {
      for (int number : numbers) {
        Picture picture = TestPattern.picture(size, number).scaledTo(twice);
        writer.write(picture);
        writer.write(picture);
      }
      writer.finish();
    }
    List<Integer> read = Clips.numbers(video);
    assertThat(read).hasSize(18);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).isEqualTo(numbers.get(i / 2));
    }
  }

  @Test
  void a_picture_without_a_strip_has_no_number() {
    byte[] noise = new byte[160 * 96 * 3];
    new Random(1).nextBytes(noise);
    assertThat(TestPattern.readNumber(new Picture(160, 96, noise))).isEmpty();
    assertThat(TestPattern.readNumber(new Picture(160, 96, new byte[noise.length]))).isEmpty();
  }

  @Test
  void neighbouring_frames_differ_outside_the_strip() {
    Picture a = TestPattern.picture(Clips.SIZE, 40);
    Picture b = TestPattern.picture(Clips.SIZE, 41);
    int above = 160 * 80 * 3;
    assertThat(java.util.Arrays.equals(a.rgb(), 0, above, b.rgb(), 0, above)).isFalse();
  }

  @Test
  void numbers_beyond_the_strip_are_refused() {
    assertThatThrownBy(() -> TestPattern.picture(Clips.SIZE, TestPattern.MAX_FRAMES))
        .hasMessage("frame number 65536 is not between 0 and 65535");
  }
}
