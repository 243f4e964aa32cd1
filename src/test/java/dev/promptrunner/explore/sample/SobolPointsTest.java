package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SobolPointsTest {
  private static final int M = 8;
  private static final int N = 1 << M;

  @Test
  void begins_with_the_origin_unless_scrambled() {
    assertThat(SobolPoints.plain(3).next()).containsExactly(0, 0, 0);
    assertThat(SobolPoints.scrambled(3, 1).next()).doesNotContain(0, 0, 0);
  }

  @Test
  void every_dimension_has_one_point_in_each_of_2_to_the_m_strata() {
    for (int dimensions = 1; dimensions <= 40; dimensions++) {
      assertStrata(points(SobolPoints.plain(dimensions), N));
      assertStrata(points(SobolPoints.scrambled(dimensions, dimensions), N));
    }
  }

  /** Of the next 2ᵐ points as well as of the first. */
  @Test
  void strata_hold_for_every_later_block_of_points() {
    for (UnitPoints points : new UnitPoints[] {SobolPoints.plain(9), SobolPoints.scrambled(9, 5)}) {
      for (int block = 0; block < 5; block++) {
        assertStrata(points(points, N));
      }
    }
  }

  @Test
  void scrambling_keeps_the_net_of_the_first_two_dimensions() {
    for (long seed = 0; seed < 20; seed++) {
      double[][] points = points(SobolPoints.scrambled(2, seed), N);
      for (int k = 0; k <= M; k++) {
        assertThat(most(points, 0, k, 1, M - k)).as("2^-%d × 2^-%d", k, M - k).isEqualTo(1);
      }
    }
  }

  /** The most points of any elementary interval tell how good a net is. */
  @Test
  void scrambling_keeps_the_quality_of_every_pair_of_21_dimensions() {
    double[][] plain = points(SobolPoints.plain(21), N);
    double[][] scrambled = points(SobolPoints.scrambled(21, 42), N);
    for (int a = 0; a < 21; a++) {
      for (int b = a + 1; b < 21; b++) {
        for (int k = 0; k <= M; k++) {
          assertThat(most(scrambled, a, k, b, M - k)).isEqualTo(most(plain, a, k, b, M - k));
        }
      }
    }
  }

  @Test
  void a_seed_gives_one_scrambling_and_another_seed_another() {
    double[][] once = points(SobolPoints.scrambled(5, 7), 64);
    assertThat(points(SobolPoints.scrambled(5, 7), 64)).isDeepEqualTo(once);
    assertThat(points(SobolPoints.scrambled(5, 8), 64)[0]).isNotEqualTo(once[0]);
  }

  @Test
  void a_scrambled_point_lies_anywhere_in_the_cube() {
    double[] sum = new double[3];
    int seeds = 4000;
    for (long seed = 0; seed < seeds; seed++) {
      double[] point = SobolPoints.scrambled(3, seed).next();
      for (int d = 0; d < 3; d++) {
        assertThat(point[d]).isGreaterThanOrEqualTo(0).isLessThan(1);
        sum[d] += point[d] / seeds;
      }
    }
    assertThat(Arrays.stream(sum)).allSatisfy(mean -> assertThat(mean).isBetween(0.47, 0.53));
  }

  private static double[][] points(UnitPoints points, int count) {
    return Stream.generate(points::next).limit(count).toArray(double[][]::new);
  }

  private static void assertStrata(double[][] points) {
    for (int d = 0; d < points[0].length; d++) {
      BitSet strata = new BitSet();
      for (double[] point : points) {
        strata.set((int) (point[d] * points.length));
      }
      assertThat(strata.cardinality()).as("dimension %d", d).isEqualTo(points.length);
    }
  }

  /** The most points in a box of 2⁻ʲ by 2⁻ᵏ of two dimensions. */
  private static int most(double[][] points, int a, int j, int b, int k) {
    Map<Long, Integer> boxes = new HashMap<>();
    for (double[] point : points) {
      long box = (long) (point[a] * (1L << j)) << 32 | (long) (point[b] * (1L << k));
      boxes.merge(box, 1, Integer::sum);
    }
    return boxes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
