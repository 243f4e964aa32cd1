package dev.promptrunner.explore.sample;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipparchus.random.RandomGenerator;

/**
 * Seeds for renders, whole numbers of 0 … 2⁶⁴−1. Those that are drawn are of the first 2³² of their
 * range.
 *
 * @param mode how they follow each other
 * @param least the smallest seed, ≥ 0
 * @param greatest the largest, ≥ least, ≤ 2⁶⁴−1
 * @param base the first one when they are counted up or fixed; drawn when empty
 */
public record Seeds(
    SeedMode mode, BigInteger least, BigInteger greatest, Optional<BigInteger> base) {
  /** 2⁶⁴−1. */
  public static final BigInteger GREATEST = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);

  /**
   * How many of a range are drawn from. Nearly every node takes these, so a dry run, which does not
   * know what a custom node takes, draws the seeds that are rendered; and ComfyUI's editor rounds
   * what is greater than 2⁵³.
   */
  private static final BigInteger DRAWN = BigInteger.TWO.pow(Integer.SIZE);

  public Seeds {
    if (least.signum() < 0 || least.compareTo(greatest) > 0 || greatest.compareTo(GREATEST) > 0) {
      throw new IllegalArgumentException("not a range of seeds: " + least + " to " + greatest);
    }
    if (base.filter(seed -> !within(seed, least, greatest)).isPresent()) {
      throw new IllegalArgumentException(
          "the first seed " + base.get() + " is not from " + least + " to " + greatest);
    }
  }

  /** Of the whole range. */
  public static Seeds of(SeedMode mode, Optional<BigInteger> base) {
    return new Seeds(mode, BigInteger.ZERO, GREATEST, base);
  }

  /** The seeds of 0 … 2⁶⁴−1 by {@link #take}. */
  public static List<BigInteger> of(
      SeedMode mode, Optional<BigInteger> base, int count, long seed) {
    return of(mode, base).take(count, seed);
  }

  /**
   * So many seeds; the same ones for the same seed, and the first ones of more.
   *
   * @param count ≥ 0; drawn seeds are no two alike as long as the range has that many
   * @param seed of the drawing itself
   */
  public List<BigInteger> take(int count, long seed) {
    RandomGenerator random = Draw.SEEDS.from(seed);
    return switch (mode) {
      case RANDOM -> drawn(count, random);
      case INCREMENT -> counted(base.orElseGet(() -> draw(random)), count);
      case FIXED -> Collections.nCopies(count, base.orElseGet(() -> draw(random)));
    };
  }

  private List<BigInteger> drawn(int count, RandomGenerator random) {
    List<BigInteger> seeds = new ArrayList<>(count);
    Set<BigInteger> used = new HashSet<>();
    while (seeds.size() < count) {
      BigInteger next = draw(random);
      if (used.add(next)) {
        seeds.add(next);
      }
      if (BigInteger.valueOf(used.size()).equals(size())) {
        used.clear();
      }
    }
    return List.copyOf(seeds);
  }

  private List<BigInteger> counted(BigInteger first, int count) {
    List<BigInteger> seeds = new ArrayList<>(count);
    for (BigInteger next = first; seeds.size() < count; ) {
      seeds.add(next);
      next = next.equals(greatest) ? least : next.add(BigInteger.ONE);
    }
    return List.copyOf(seeds);
  }

  private BigInteger draw(RandomGenerator random) {
    BigInteger width = size().min(DRAWN);
    int bits = width.subtract(BigInteger.ONE).bitLength();
    BigInteger offset;
    do {
      offset = unsigned(random.nextLong()).shiftRight(Long.SIZE - bits);
    } while (offset.compareTo(width) >= 0);
    return least.add(offset);
  }

  private BigInteger size() {
    return greatest.subtract(least).add(BigInteger.ONE);
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private static boolean within(BigInteger seed, BigInteger least, BigInteger greatest) {
    return seed.compareTo(least) >= 0 && seed.compareTo(greatest) <= 0;
  }
}
