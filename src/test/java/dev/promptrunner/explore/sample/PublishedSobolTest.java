package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plain Sobol points are those that Joe and Kuo publish (new-joe-kuo-6.21201, SIAM J. Sci. Comput.
 * 30, 2008), bit for bit: made here anew from their table, by the definition and not by the
 * recursion that the library uses.
 */
class PublishedSobolTest {
  private static final int DIMENSIONS = 21;
  private static final int BITS = 32;

  /** For dimension 2 and on: s, a, m₁ … mₛ. */
  private static final int[][] TABLE = {
    {1, 0, 1},
    {2, 1, 1, 3},
    {3, 1, 1, 3, 1},
    {3, 2, 1, 1, 1},
    {4, 1, 1, 1, 3, 3},
    {4, 4, 1, 3, 5, 13},
    {5, 2, 1, 1, 5, 5, 17},
    {5, 4, 1, 1, 5, 5, 5},
    {5, 7, 1, 1, 7, 11, 19},
    {5, 11, 1, 1, 5, 1, 1},
    {5, 13, 1, 1, 1, 3, 11},
    {5, 14, 1, 3, 5, 5, 31},
    {6, 1, 1, 3, 3, 9, 7, 49},
    {6, 13, 1, 1, 1, 15, 21, 21},
    {6, 16, 1, 3, 1, 13, 27, 49},
    {6, 19, 1, 1, 1, 15, 7, 5},
    {6, 22, 1, 3, 1, 15, 13, 25},
    {6, 25, 1, 1, 5, 5, 19, 61},
    {7, 1, 1, 3, 7, 11, 23, 15, 103},
    {7, 4, 1, 3, 7, 13, 13, 15, 69},
  };

  @Test
  void the_first_8192_points_of_21_dimensions_are_bit_equal() {
    long[][] directions = directions();
    UnitPoints points = SobolPoints.plain(DIMENSIONS);
    for (int i = 0; i < 8192; i++) {
      assertThat(points.next()).as("point %d", i).containsExactly(published(i, directions));
    }
  }

  @Test
  void fewer_dimensions_are_the_first_of_more() {
    for (int dimensions = 1; dimensions < DIMENSIONS; dimensions++) {
      UnitPoints few = SobolPoints.plain(dimensions);
      UnitPoints many = SobolPoints.plain(DIMENSIONS);
      for (int i = 0; i < 256; i++) {
        assertThat(few.next()).containsExactly(Arrays.copyOf(many.next(), dimensions));
      }
    }
  }

  /** What the program sobol.cc of Joe and Kuo prints, by index from 0; its first 21 columns. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "1: .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5 .5",
        "2: .75 .25 .25 .25 .75 .75 .25 .75 .75 .75 .75 .75 .25 .25 .75 .25 .75 .25 .75 .25 .25",
        "3: .25 .75 .75 .75 .25 .25 .75 .25 .25 .25 .25 .25 .75 .75 .25 .75 .25 .75 .25 .75 .75",
        "4: .375 .375 .625 .875 .375 .125 .375 .875 .875 .625 .875 .375 .375 .625 .375 .875 .375"
            + " .875 .875 .125 .125",
        "5: .875 .875 .125",
        "6: .625 .125 .875",
        "7: .125 .625 .375",
        "8: .1875 .3125 .9375",
        "9: .6875 .8125 .4375",
        "118: .6953125 .4765625 .9921875 .3203125 .4140625 .5234375 .8046875 .3828125 .1015625"
            + " .3515625 .6796875 .0234375 .5703125 .1953125 .7890625 .2109375 .6484375 .3984375"
            + " .8671875 .1171875 .2265625",
        "119: .1953125 .9765625 .4921875 .8203125 .9140625 .0234375 .3046875 .8828125 .6015625"
            + " .8515625 .1796875 .5234375 .0703125 .6953125 .2890625 .7109375 .1484375 .8984375"
            + " .3671875 .6171875 .7265625",
        "122: .8828125 .2890625 .6796875 .7578125 .6015625 .9609375 .8671875 .4453125 .0390625"
            + " .6640625 .9921875 .4609375 .0078125 .3828125 .4765625 .1484375 .0859375 .3359375"
            + " .8046875 .4296875 .1640625",
      })
  void the_points_are_those_of_the_published_program(int index, String printed) {
    double[] expected =
        Arrays.stream(printed.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    UnitPoints points = SobolPoints.plain(expected.length);
    for (int i = 0; i < index; i++) {
      points.next();
    }
    assertThat(points.next()).containsExactly(expected);
  }

  /** The sum over GF(2) of the direction numbers at the bits of the Gray code of the index. */
  private static double[] published(int index, long[][] directions) {
    int gray = index ^ index >>> 1;
    double[] point = new double[directions.length];
    for (int d = 0; d < point.length; d++) {
      long sum = 0;
      for (int bit = 0; bit < BITS; bit++) {
        sum ^= (gray >>> bit & 1) == 1 ? directions[d][bit] : 0;
      }
      point[d] = sum * 0x1p-32;
    }
    return point;
  }

  private static long[][] directions() {
    long[][] directions = new long[DIMENSIONS][BITS];
    for (int k = 0; k < BITS; k++) {
      directions[0][k] = 1L << BITS - 1 - k;
    }
    for (int d = 1; d < DIMENSIONS; d++) {
      directions[d] = directions(TABLE[d - 1]);
    }
    return directions;
  }

  /** v = m / 2ᵏ, with m of Bratley and Fox's recurrence by the primitive polynomial. */
  private static long[] directions(int[] row) {
    int degree = row[0];
    long[] m = new long[BITS];
    for (int k = 0; k < BITS; k++) {
      if (k < degree) {
        m[k] = row[2 + k];
        continue;
      }
      m[k] = m[k - degree] ^ m[k - degree] << degree;
      for (int i = 1; i < degree; i++) {
        int coefficient = row[1] >>> degree - 1 - i & 1;
        m[k] ^= coefficient * m[k - i] << i;
      }
    }
    for (int k = 0; k < BITS; k++) {
      m[k] <<= BITS - 1 - k;
    }
    return m;
  }
}
