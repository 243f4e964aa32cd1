package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  private static final FrameSize SIZE = new FrameSize(208, 120);

  @TempDir Path folder;

  @Test
  void three_hundred_frames_come_back_once_each_in_order() throws Exception {
    Path video = folder.resolve("pattern.mp4");
    TestPattern.write(video, SIZE, FrameRate.of(16), 300);
    try (FrameReader reader = FrameReader.open(video)) {
      for (int number = 0; number < 300; number++) {
        assertThat(TestPattern.readNumber(reader.next().orElseThrow())).hasValue(number);
      }
      assertThat(reader.next()).isEqualTo(Optional.empty());
    }
    assertThat(VideoProbe.probe(video))
        .isEqualTo(
            new VideoInfo(
                SIZE,
                FrameRate.of(16),
                300,
                Duration.ofMillis(18_750),
                "h264",
                "yuv420p",
                Colour.BT709,
                false));
    assertThat(VideoProbe.metadata(video)).doesNotContainKey("comment");
  }

  @Test
  void metadata_is_kept() throws Exception {
    Path video = folder.resolve("tagged.mp4");
    TestPattern.write(
        video,
        SIZE,
        FrameRate.of(16),
        0,
        2,
        Encoding.standard().withMetadata(Map.of("comment", "engine=simulator", "prompt", "a 猫")));
    assertThat(VideoProbe.metadata(video))
        .containsEntry("comment", "engine=simulator")
        .containsEntry("prompt", "a 猫");
  }
}
