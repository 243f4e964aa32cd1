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
  FINAL
}
