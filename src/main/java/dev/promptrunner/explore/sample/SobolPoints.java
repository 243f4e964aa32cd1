package dev.promptrunner.explore.sample;

import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Sobol's sequence with the direction numbers of Joe and Kuo (new-joe-kuo-6.21201), in the order of
 * their program. It begins with the origin, every minimum at once: only with it are the first 2ᵐ
 * points a balanced net.
 *
 * <p>Scrambled by a random linear scrambling (Matoušek 1998) and a digital shift, drawn for each
 * dimension: the points stay a net, each is evenly distributed over the cube, and the origin is
 * gone.
 */
final class SobolPoints implements UnitPoints {
  /** Of the generator: its coordinates are whole multiples of 2⁻⁵². */
  private static final int BITS = 52;

  private static final double ONE = 0x1p52;
  private static final long MASK = (1L << BITS) - 1;

  private final SobolSequenceGenerator sequence;

  private SobolPoints(int dimensions) {
    this.sequence = new SobolSequenceGenerator(dimensions);
  }

  /**
   * @param dimensions 1 … 21201
   */
  static UnitPoints plain(int dimensions) {
    return new SobolPoints(dimensions);
  }

  /**
   * @param dimensions 1 … 21201
   */
  static UnitPoints scrambled(int dimensions, long seed) {
    RandomGenerator random = Draw.SCRAMBLING.from(seed);
    Scrambling[] scramblings = new Scrambling[dimensions];
    for (int d = 0; d < dimensions; d++) {
      scramblings[d] = new Scrambling(random);
    }
    SobolPoints plain = new SobolPoints(dimensions);
    return () -> {
      double[] point = plain.next();
      for (int d = 0; d < dimensions; d++) {
        point[d] = scramblings[d].of((long) (point[d] * ONE)) / ONE;
      }
      return point;
    };
  }

  @Override
  public double[] next() {
    return sequence.nextVector();
  }

  /**
   * One dimension's: a bit set in a coordinate flips itself and some of the lower bits, the shift
   * flips any.
   */
  private static final class Scrambling {
    private final long[] columns = new long[BITS];
    private final long shift;

    Scrambling(RandomGenerator random) {
      for (int bit = 0; bit < BITS; bit++) {
        long own = 1L << bit;
        long lower = random.nextLong() & (own - 1);
        columns[bit] = own | lower;
      }
      shift = random.nextLong() & MASK;
    }

    long of(long coordinate) {
      long scrambled = shift;
      for (long left = coordinate; left != 0; left &= left - 1) {
        scrambled ^= columns[Long.numberOfTrailingZeros(left)];
      }
      return scrambled;
    }
  }
}
