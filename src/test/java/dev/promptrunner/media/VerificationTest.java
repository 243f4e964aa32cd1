package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  @TempDir Path folder;

  @Test
  void another_number_of_frames_is_told_with_both_numbers() throws Exception {
    Path video = Clips.plain(folder.resolve("v.mp4"), 0, 97);
    assertThatCode(() -> Verification.verify(video, 97)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Verification.verify(video, 101))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "verifying video "
                + video
                + ": it has 97 frames, not the 101 that were asked for — render or join it again");
  }

  @Test
  void damaged_pictures_are_told_with_the_decoders_words() throws Exception {
    Path video = Clips.plain(folder.resolve("v.mp4"), 0, 97);
    byte[] bytes = Files.readAllBytes(video);
    byte[] noise = new byte[400];
    new Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length * 3 / 4, noise.length);
    Path damaged = Files.write(folder.resolve("damaged.mp4"), bytes);
    assertThatThrownBy(() -> Verification.verify(damaged, 97))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("decoding video " + damaged)
        .hasMessageContaining("FFmpeg: h264: ")
        .hasMessageEndingWith("copy or render the file again");
  }
}
