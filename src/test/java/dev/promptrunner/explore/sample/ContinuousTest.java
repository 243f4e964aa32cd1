package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ContinuousTest {
  private static final long SEED = 20261127;

  @ParameterizedTest
  @CsvSource({
    "3, 9, LINEAR, 0, 3.0",
    "3, 9, LINEAR, 0.5, 6.0",
    "3, 9, LINEAR, 0.8125, 7.875",
    "3, 9, LINEAR, 0.1234567, 3.7407",
    "3, 9, LINEAR, 1, 9.0",
    "0, 0.3, LINEAR, 0.1, 0.03",
    "0.123456789, 0.987654321, LINEAR, 0, 0.123456789",
    "0.123456789, 0.987654321, LINEAR, 1, 0.987654321",
    "-1, 1, LINEAR, 0.25, -0.5",
    "0, 1e9, LINEAR, 0.123456789, 1.235E8",
    "1e12, 1000000000001, LINEAR, 0.123456, 1.00000000000012E12",
    "0.0001, 1, LOG, 0.5, 0.01",
    "0.0001, 1, LOG, 0.1, 2.5119E-4",
    "2, 2, LINEAR, 0.7, 2.0",
  })
  void values_have_the_digits_that_tell_them_apart(
      String min, String max, Scale scale, double unit, String json) {
    assertThat(range(min, max, scale, false).at(unit)).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 30, LINEAR, 0, 10",
    "10, 30, LINEAR, 0.5, 20",
    "10, 30, LINEAR, 0.999999, 30",
    "10, 30, LINEAR, 1, 30",
    "-3, 3, LINEAR, 0.5, 0",
    "1, 1000, LOG, 0.5, 31",
    "10.0, 30.00, LINEAR, 0.5, 20",
    "0, 18446744073709551615, LINEAR, 0.5, 9223372036854775808",
    "0, 18446744073709551615, LINEAR, 1, 18446744073709551615",
  })
  void whole_numbers_stay_whole(String min, String max, Scale scale, double unit, String json) {
    assertThat(range(min, max, scale, true).at(unit)).hasToString(json);
  }

  @Test
  void each_whole_number_has_an_equal_share() {
    Dimension dice = range("1", "6", Scale.LINEAR, true);
    int[] seen = new int[7];
    for (int i = 0; i < 6000; i++) {
      seen[dice.at(i / 6000.0).intValue()]++;
    }
    assertThat(seen).containsExactly(0, 1000, 1000, 1000, 1000, 1000, 1000);
  }

  @Test
  void a_logarithmic_scale_gives_each_tenfold_the_same_share() {
    Dimension range = range("0.001", "1", Scale.LOG, false);
    double[] values = new double[3000];
    Arrays.setAll(values, i -> range.at((i + 0.5) / 3000).doubleValue());
    assertThat(Arrays.stream(values).filter(value -> value < 0.01).count()).isBetween(999L, 1001L);
    assertThat(Arrays.stream(values).filter(value -> value >= 0.1).count()).isBetween(999L, 1001L);
  }

  @Test
  void no_value_ever_leaves_its_range_or_goes_back() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal min = decimal(random);
      BigDecimal max = min.add(decimal(random).abs());
      boolean whole = JsonNumbers.isWhole(min) && JsonNumbers.isWhole(max);
      Scale scale = min.signum() > 0 && random.nextBoolean() ? Scale.LOG : Scale.LINEAR;
      Dimension range = new Dimension.Continuous("x", min, max, scale, whole);
      double low = random.nextDouble();
      double high = low + (1 - low) * random.nextDouble();
      assertThat(
              new double[] {
                min.doubleValue(),
                range.at(low).doubleValue(),
                range.at(high).doubleValue(),
                max.doubleValue()
              })
          .as("%s … %s %s at %s, %s", min, max, scale, low, high)
          .isSorted();
    }
  }

  @Test
  void at_least_ten_thousand_values_can_be_told_apart() {
    for (String max : new String[] {"0.00017", "0.1", "1", "9", "10", "99", "12345"}) {
      Dimension range = range("0", max, Scale.LINEAR, false);
      assertThat(
              IntStream.range(0, 10_000).mapToObj(i -> range.at(i / 10_000.0)).distinct().count())
          .isEqualTo(10_000);
    }
  }

  /** What stands in params.json is what was set. */
  @Test
  void a_value_that_was_written_and_read_again_is_the_same() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2000; i++) {
      BigDecimal min = decimal(random);
      Dimension range =
          new Dimension.Continuous("x", min, min.add(BigDecimal.TEN), Scale.LINEAR, false);
      var value = range.at(random.nextDouble());
      assertThat(JsonMapper.shared().readTree(value.toString())).isEqualTo(value);
    }
  }

  private static BigDecimal decimal(Random random) {
    return BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(10) - 2);
  }

  private static Dimension range(String min, String max, Scale scale, boolean whole) {
    return new Dimension.Continuous("x", new BigDecimal(min), new BigDecimal(max), scale, whole);
  }
}
