package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.FrameWriter;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.TestPattern;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaPortsTest {
  private static final FrameSize SIZE = new FrameSize(64, 64);

  @TempDir Path folder;

  @Test
  void a_black_video_has_a_flaw_where_that_is_asked_for() throws Exception {
    Path black = video(new Picture(64, 64, new byte[64 * 64 * 3]));

    assertThat(ports(true, false).flaw(black))
        .contains("it is black from its first frame to its last (check.black)");
    assertThat(ports(false, false).flaw(black)).isEmpty();
  }

  @Test
  void a_frozen_video_has_a_flaw_where_that_is_asked_for() throws Exception {
    Path frozen = video(TestPattern.picture(SIZE, 3));

    assertThat(ports(false, true).flaw(frozen))
        .contains("its picture never changes (check.frozen)");
    assertThat(ports(true, false).flaw(frozen)).isEmpty();
  }

  private static MediaPorts ports(boolean black, boolean frozen) {
    return new MediaPorts(Map.of(), black, frozen);
  }

  private Path video(Picture picture) throws Exception {
    Path file = folder.resolve("video.mp4");
    try (FrameWriter writer =
        FrameWriter.create(file, SIZE, FrameRate.of(16), Encoding.standard())) {
      for (int i = 0; i < 5; i++) {
        writer.write(picture);
      }
      writer.finish();
    }
    return file;
  }
}
