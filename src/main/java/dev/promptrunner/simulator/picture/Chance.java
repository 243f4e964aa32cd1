package dev.promptrunner.simulator.picture;

import dev.promptrunner.base.Digest;

/** Numbers that look random and are always the same for the same source. */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Chance() {}

  /** A number for a text: the first 64 bits of its SHA-256. */
  public static long of(String text) {
    return Long.parseUnsignedLong(Digest.of(text).hex().substring(0, 16), 16);
  }

  /** Another number for every salt; neighbours have nothing in common. */
  public static long mixed(long source, long salt) {
    long z = source + (salt + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The same as a share, in [0, 1). */
  public static double share(long source, long salt) {
    return (mixed(source, salt) >>> 11) * 0x1.0p-53;
  }
}
