package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabTest {
  /** Values that tables of CIELAB under D65 give for sRGB. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0, 0",
    "255, 255, 255, 100, 0, 0",
    "119, 119, 119, 50.03, 0, 0",
    "255, 0, 0, 53.24, 80.09, 67.20",
    "0, 255, 0, 87.73, -86.18, 83.18",
    "0, 0, 255, 32.30, 79.19, -107.86"
  })
  void srgb_becomes_cielab(int red, int green, int blue, double l, double a, double b) {
    Lab lab = Lab.of(red, green, blue);
    assertThat(lab.l()).isCloseTo(l, within(0.02));
    assertThat(lab.a()).isCloseTo(a, within(0.02));
    assertThat(lab.b()).isCloseTo(b, within(0.02));
  }
}
