package dev.promptrunner.metrics;

/** Rings once, and again only after it has been good in between. */
final class Alarm {
  private boolean ringing;

  /**
   * Whether to tell it now.
   *
   * @param bad beyond the limit
   * @param good well within it; between the two nothing changes
   */
  boolean rings(boolean bad, boolean good) {
    boolean rings = bad && !ringing;
    ringing = bad || (ringing && !good);
    return rings;
  }
}
