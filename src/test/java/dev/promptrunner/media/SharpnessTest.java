package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.promptrunner.base.FrameSize;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class SharpnessTest {
  /** Rows longer than what one sum of squares can hold must not overflow. */
  @Test
  void it_is_the_variance_of_the_laplacian_at_any_width() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      FrameSize size =
          new FrameSize(1 + random.nextInt(round < 30 ? 70 : 6000), 1 + random.nextInt(9));
      byte[] levels = new byte[size.width() * size.height()];
      for (int at = 0; at < levels.length; at++) {
        levels[at] = (byte) (round % 2 == 0 ? random.nextInt(256) : (at & 1) * 255);
      }
      double expected = variance(levels, size.width(), size.height());
      assertThat(of(levels, size)).isCloseTo(expected, within(1e-6 * (1 + expected)));
    }
  }

  private static double of(byte[] levels, FrameSize size) throws MediaException {
    AVFrame frame =
        Frames.allocate(
            new Shape(
                size.width(),
                size.height(),
                avutil.AV_PIX_FMT_GRAY8,
                avutil.AVCOL_SPC_BT709,
                true));
    try (Sharpness sharpness = new Sharpness()) {
      for (int y = 0; y < size.height(); y++) {
        frame
            .data(0)
            .position((long) y * frame.linesize(0))
            .put(levels, y * size.width(), size.width());
      }
      sharpness.add(frame);
      return sharpness.mean();
    } finally {
      av_frame_free(frame);
    }
  }

  private static double variance(byte[] levels, int width, int height) {
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        int laplacian =
            (levels[at - 1] & 0xff)
                + (levels[at + 1] & 0xff)
                + (levels[at - width] & 0xff)
                + (levels[at + width] & 0xff)
                - 4 * (levels[at] & 0xff);
        sum += laplacian;
        squares += (double) laplacian * laplacian;
      }
    }
    double count = Math.max(1, (width - 2.0) * (height - 2.0));
    return width < 3 || height < 3 ? 0 : squares / count - sum / count * (sum / count);
  }
}
