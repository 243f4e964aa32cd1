package dev.promptrunner.simulator.node;

/** Pictures shown through each other. */
final class Blend {
  private static final int FULL = 256;

  private Blend() {}

  /**
   * Shows a share of the pixels over the cross-fade of two others.
   *
   * @param own its share remains; the result is written here
   * @param later 0 (all of {@code from}) … 1 (all of {@code to})
   * @param share 0 (nothing of its own) … 1 (nothing else)
   */
  static void into(byte[] own, byte[] from, byte[] to, double later, double share) {
    int toShare = (int) Math.round(FULL * later);
    int ownShare = (int) Math.round(FULL * share);
    for (int i = 0; i < own.length; i++) {
      int under = (from[i] & 255) * (FULL - toShare) + (to[i] & 255) * toShare >> 8;
      own[i] = (byte) ((own[i] & 255) * ownShare + under * (FULL - ownShare) >> 8);
    }
  }
}
