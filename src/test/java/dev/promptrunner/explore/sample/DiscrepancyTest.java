package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How evenly a space is filled: the centred L2 discrepancy (Hickernell 1998), less is better. */
class DiscrepancyTest {
  private static final int[] SIZES = {8, 16, 32, 64, 100, 256};
  private static final int SEEDS = 20;

  @Test
  void of_one_point_in_the_middle_is_known() {
    // 13/12 − 2 + 1 for one dimension
    assertThat(discrepancy(new double[][] {{0.5}})).isCloseTo(Math.sqrt(1.0 / 12), within(1e-12));
  }

  @Test
  void sobol_points_fill_a_space_more_evenly_than_random_ones() {
    for (int dimensions : new int[] {1, 2, 3, 5, 8}) {
      for (int size : SIZES) {
        double random = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
          random += of(new RandomPoints(dimensions, seed), size) / SEEDS;
        }
        String what = "%d points of %d dimensions".formatted(size, dimensions);
        assertThat(of(SobolPoints.plain(dimensions), size)).as(what).isLessThan(random);
        double scrambled = 0;
        double hypercube = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
          scrambled += of(SobolPoints.scrambled(dimensions, seed), size) / SEEDS;
          hypercube += of(new LatinHypercube(dimensions, size, seed), size) / SEEDS;
        }
        assertThat(scrambled).as(what + ", scrambled").isLessThan(random);
        assertThat(hypercube).as(what + ", hypercube").isLessThan(random);
      }
    }
  }

  @Test
  void with_more_points_sobol_gains_more_than_random_does() {
    for (int dimensions = 1; dimensions <= 5; dimensions++) {
      double few = of(SobolPoints.plain(dimensions), 64);
      double many = of(SobolPoints.plain(dimensions), 1024);
      // 16 times the points halve a random error twice; an even spread does better.
      assertThat(few / many).isGreaterThan(4);
    }
  }

  private static double of(UnitPoints points, int size) {
    return discrepancy(Stream.generate(points::next).limit(size).toArray(double[][]::new));
  }

  private static double discrepancy(double[][] points) {
    int size = points.length;
    double single = 0;
    double pairs = 0;
    for (double[] x : points) {
      single += single(x);
      for (double[] y : points) {
        pairs += pair(x, y);
      }
    }
    double whole = Math.pow(13.0 / 12, points[0].length);
    return Math.sqrt(whole - 2 * single / size + pairs / size / size);
  }

  private static double single(double[] x) {
    double product = 1;
    for (double each : x) {
      double off = Math.abs(each - 0.5);
      product *= 1 + off / 2 - off * off / 2;
    }
    return product;
  }

  private static double pair(double[] x, double[] y) {
    double product = 1;
    for (int d = 0; d < x.length; d++) {
      product *=
          1 + Math.abs(x[d] - 0.5) / 2 + Math.abs(y[d] - 0.5) / 2 - Math.abs(x[d] - y[d]) / 2;
    }
    return product;
  }
}
