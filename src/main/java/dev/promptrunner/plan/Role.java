package dev.promptrunner.plan;

/** What an artifact is to the jobs that follow. */
public enum Role {
  /** Made by HIGH, read by the LOW of its pair. */
  LATENT,
  /** The video of one chunk, made by LOW. */
  SEGMENT,
  /** A PNG of one frame of a segment, which conditions the next chunk. */
  REFERENCE,
  /** A segment after the combine workflow's enhancement, before it is joined. */
  ENHANCED,
  /** The playable video of all chunks so far. */
  COMBINED,
  /** The last combined video under its final name. */
  FINAL,
  /** What a workflow reported, whatever it is. A job may leave several. */
  RESULT;

  /**
   * How the n-th file of this role is stored.
   *
   * @param number from 1
   */
  public String stored(int number) {
    return number == 1 ? name() : name() + "_" + number;
  }

  /**
   * The role of a stored file.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Role ofStored(String stored) {
    return valueOf(stored.replaceFirst("_\\d+$", ""));
  }
}
