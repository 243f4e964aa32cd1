package dev.promptrunner.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameSize;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The picture as such: what it depends on, and what it does not. */
class LandscapeTest {
  private static final FrameSize SIZE = new FrameSize(160, 96);

  private static Look look(long layout, double contrast, double detail, double noise) {
    return new Look(
        layout,
        Palette.of("a blue sky over golden land"),
        contrast,
        detail,
        noise,
        1,
        2,
        new Look.Texture(80, 5),
        List.of(new Orb(9, 1)),
        8);
  }

  private static byte[] paint(Look look, int frame) {
    return new Landscape(look, SIZE).paint(frame);
  }

  @Test
  void the_same_look_is_the_same_pixels() {
    assertThat(paint(look(1, 1, 0.5, 0.1), 7)).isEqualTo(paint(look(1, 1, 0.5, 0.1), 7));
  }

  @Test
  void every_frame_is_another_and_near_to_the_one_before() {
    byte[] first = paint(look(1, 1, 0.7, 0), 0);
    double step = difference(first, paint(look(1, 1, 0.7, 0), 1));
    assertThat(step).isBetween(0.1, 6.0);
    assertThat(difference(first, paint(look(1, 1, 0.7, 0), 60))).isGreaterThan(step);
  }

  @Test
  void contrast_spreads_the_colours() {
    assertThat(spread(paint(look(1, 1.6, 0.5, 0), 0)))
        .isGreaterThan(1.2 * spread(paint(look(1, 0.7, 0.5, 0), 0)));
  }

  @Test
  void detail_makes_neighbours_differ() {
    assertThat(roughness(paint(look(1, 1, 0.95, 0), 0)))
        .isGreaterThan(1.3 * roughness(paint(look(1, 1, 0.1, 0), 0)));
  }

  @Test
  void full_noise_hides_the_place() {
    byte[] here = paint(look(1, 1, 0.5, 1), 0);
    assertThat(difference(here, paint(look(2, 1, 0.5, 1), 0))).isLessThan(0.5);
  }

  @Test
  void any_size_and_any_look_can_be_painted() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 60; i++) {
      FrameSize size = new FrameSize(random.nextInt(1, 70), random.nextInt(1, 70));
      Look look =
          new Look(
              random.nextLong(),
              new Palette(
                  random.nextDouble(-3, 3),
                  random.nextDouble(),
                  random.nextDouble(),
                  random.nextDouble()),
              random.nextDouble(0, 9),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(0, 20),
              random.nextLong(),
              new Look.Texture(random.nextLong(), random.nextLong()),
              List.of(new Orb(random.nextLong(), random.nextDouble(-100, 100))),
              random.nextLong());
      byte[] rgb = new Landscape(look, size).paint(random.nextInt(5000));
      Mark.paint(rgb, size.width(), size.height());
      assertThat(rgb).hasSize(size.width() * size.height() * 3);
    }
  }

  @Test
  void the_mark_stands_in_the_lower_left_corner_alone() {
    byte[] rgb = new byte[160 * 96 * 3];
    Mark.paint(rgb, 160, 96);
    int lit = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      if ((rgb[i] & 255) > 200) {
        lit++;
        assertThat(i / 3 / 160).isGreaterThan(85);
        assertThat(i / 3 % 160).isLessThan(45);
      }
    }
    assertThat(lit).isBetween(60, 120);
  }

  @Test
  void colour_words_are_the_colours_of_sky_and_land() {
    Palette palette = Palette.of("A (blue:1.2) evening over green meadows, red flowers");
    assertThat(palette.sky()).isEqualTo(214 / 360.0);
    assertThat(palette.land()).isEqualTo(125 / 360.0);
    assertThat(Palette.of("snow in a blue night").saturation()).isLessThan(palette.saturation());
    assertThat(Palette.of("snow in a blue night").light()).isLessThan(palette.light());
    assertThat(Palette.of("a cat").sky()).isNotEqualTo(Palette.of("a dog").sky());
  }

  @Test
  void colours_are_those_of_the_wheel() {
    assertThat(Ramp.colour(0, 1, 0.5)).isEqualTo(0xff0000);
    assertThat(Ramp.colour(1 / 3.0, 1, 0.5)).isEqualTo(0x00ff00);
    assertThat(Ramp.colour(-1 / 3.0, 1, 0.5)).isEqualTo(0x0000ff);
    assertThat(Ramp.colour(0.2, 0, 0.5)).isEqualTo(0x808080);
  }

  private static double difference(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 255) - (b[i] & 255));
    }
    return (double) sum / a.length;
  }

  private static double spread(byte[] rgb) {
    double mean = 0;
    for (byte value : rgb) {
      mean += (value & 255) / (double) rgb.length;
    }
    double sum = 0;
    for (byte value : rgb) {
      sum += Math.abs((value & 255) - mean);
    }
    return sum / rgb.length;
  }

  private static double roughness(byte[] rgb) {
    long sum = 0;
    for (int i = 3; i < rgb.length; i++) {
      sum += Math.abs((rgb[i] & 255) - (rgb[i - 3] & 255));
    }
    return (double) sum / rgb.length;
  }
}
