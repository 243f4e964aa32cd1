package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  @TempDir Path folder;

  private static Picture noise(int width, int height, long seed) {
    byte[] rgb = new byte[width * height * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  @Test
  void png_loses_nothing_at_any_size() throws Exception {
    Path file = folder.resolve("p.png");
    for (int[] size : new int[][] {{1, 1}, {3, 5}, {17, 31}, {64, 64}, {161, 97}}) {
      Picture picture = noise(size[0], size[1], 7);
      Png.write(file, picture);
      assertThat(Png.read(file)).isEqualTo(picture);
      BufferedImage seen = ImageIO.read(file.toFile());
      int last = seen.getRGB(size[0] - 1, size[1] - 1) & 0xffffff;
      byte[] rgb = picture.rgb();
      int expected =
          (rgb[rgb.length - 3] & 0xff) << 16
              | (rgb[rgb.length - 2] & 0xff) << 8
              | rgb[rgb.length - 1] & 0xff;
      assertThat(last).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_GRAY
      })
  void pngs_of_other_programs_are_read(int type) throws Exception {
    BufferedImage image = new BufferedImage(20, 10, type);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 20, 10);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(0, 0, 10, 10);
    graphics.dispose();
    Path file = folder.resolve("other.png");
    ImageIO.write(image, "png", file.toFile());
    Picture read = Png.read(file);
    assertThat(read.size()).isEqualTo(new FrameSize(20, 10));
    assertThat(read.rgb()[0] & 0xff).isZero();
    assertThat(read.rgb()[19 * 3] & 0xff).isEqualTo(255);
  }

  @Test
  void what_is_no_picture_is_told() throws Exception {
    Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
    assertThatThrownBy(() -> Png.read(text))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "reading picture "
                + text
                + ": it is no picture — give a whole PNG, JPEG or WebP picture");
    assertThatThrownBy(() -> Png.read(folder.resolve("none.png")))
        .hasMessageContaining("there is no such file");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatThrownBy(() -> Png.read(empty)).hasMessageContaining("the file is empty (0 bytes)");
    Path half = folder.resolve("half.png");
    byte[] whole = Png.encode(noise(100, 100, 1));
    Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Png.read(half)).isInstanceOf(MediaException.class);
  }

  @Test
  void a_preview_is_a_jpeg_of_the_longest_side_asked_for() throws Exception {
    Picture picture = TestPattern.picture(new FrameSize(832, 480), 77);
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(Jpeg.encode(picture, 512)));
    assertThat(seen.getWidth()).isEqualTo(512);
    assertThat(seen.getHeight()).isEqualTo(295);
    int sky = seen.getRGB(2, 2);
    byte[] rgb = picture.rgb();
    assertThat(sky >> 16 & 0xff).isBetween((rgb[0] & 0xff) - 6, (rgb[0] & 0xff) + 6);
    assertThat(sky & 0xff).isBetween((rgb[2] & 0xff) - 6, (rgb[2] & 0xff) + 6);
    BufferedImage small =
        ImageIO.read(new ByteArrayInputStream(Jpeg.encode(noise(33, 21, 2), 512)));
    assertThat(small.getWidth()).isEqualTo(33);
    Path misnamed = Files.write(folder.resolve("is_jpeg.png"), Jpeg.encode(picture, 832));
    assertThat(Png.read(misnamed).size()).isEqualTo(picture.size());
  }

  @Test
  void scaling_takes_the_nearest_pixel() {
    Picture picture = new Picture(2, 2, new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4});
    Picture doubled = picture.scaledTo(new FrameSize(4, 4));
    assertThat(doubled.rgb()[0]).isEqualTo((byte) 1);
    assertThat(doubled.rgb()[(3 * 4 + 3) * 3]).isEqualTo((byte) 4);
    assertThat(doubled.scaledTo(new FrameSize(2, 2))).isEqualTo(picture);
    assertThat(picture.scaledTo(new FrameSize(2, 2))).isSameAs(picture);
    Picture wide = noise(37, 23, 3).scaledTo(new FrameSize(74, 46));
    assertThat(wide.scaledTo(new FrameSize(37, 23))).isEqualTo(noise(37, 23, 3));
  }

  @Test
  void bytes_that_do_not_fit_are_refused() {
    assertThatThrownBy(() -> new Picture(2, 2, new byte[11]))
        .hasMessage("not a picture: 2x2 with 11 bytes");
  }
}
