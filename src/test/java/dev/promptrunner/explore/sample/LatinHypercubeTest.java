package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatinHypercubeTest {
  @Test
  void every_stratum_of_every_dimension_holds_one_point() {
    for (int size : new int[] {1, 2, 3, 7, 10, 49, 64, 100, 257, 1000}) {
      for (int dimensions = 1; dimensions <= 21; dimensions += 5) {
        for (long seed = 0; seed < 5; seed++) {
          assertOneEach(points(dimensions, size, seed, size));
        }
      }
    }
  }

  @Test
  void rounding_moves_no_point_of_a_large_one_into_another_stratum() {
    assertOneEach(points(1, 1_000_000, 3, 1_000_000));
  }

  @Test
  void after_one_hypercube_comes_another() {
    double[][] points = points(3, 20, 1, 60);
    for (int block = 0; block < 3; block++) {
      assertOneEach(Arrays.copyOfRange(points, block * 20, block * 20 + 20));
    }
    assertThat(points[0]).isNotEqualTo(points[20]);
  }

  @Test
  void dimensions_are_shuffled_apart() {
    double[][] points = points(2, 500, 1, 500);
    double product = 0;
    for (double[] point : points) {
      product += (point[0] - 0.5) * (point[1] - 0.5) * 12 / points.length;
    }
    assertThat(product).as("correlation").isBetween(-0.15, 0.15);
  }

  @Test
  void a_seed_gives_one_hypercube_and_another_seed_another() {
    assertThat(points(4, 16, 5, 16)).isDeepEqualTo(points(4, 16, 5, 16));
    assertThat(points(4, 16, 6, 16)[0]).isNotEqualTo(points(4, 16, 5, 16)[0]);
  }

  private static double[][] points(int dimensions, int size, long seed, int count) {
    UnitPoints points = new LatinHypercube(dimensions, size, seed);
    return Stream.generate(points::next).limit(count).toArray(double[][]::new);
  }

  private static void assertOneEach(double[][] points) {
    for (int d = 0; d < points[0].length; d++) {
      BitSet strata = new BitSet(points.length);
      for (double[] point : points) {
        strata.set((int) Math.floor(point[d] * points.length));
      }
      assertThat(strata.cardinality()).isEqualTo(points.length);
      assertThat(strata.length()).isEqualTo(points.length);
    }
  }
}
