package dev.promptrunner.workflow;

import java.util.Locale;

/** What a workflow is run for. */
public enum Pass {
  /** The high-noise expert makes a latent. */
  HIGH,
  /** The low-noise expert makes a segment of it. */
  LOW,
  /** Enhances one segment alone: the first combine, and every one when joining by copy. */
  COMBINE_FIRST,
  /** Enhances a segment and puts it behind the video made so far. */
  COMBINE_NEXT;

  /** As a recipe writes it: {@code combine_first}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is one of the two passes of a pair. */
  public boolean renders() {
    return switch (this) {
      case HIGH, LOW -> true;
      case COMBINE_FIRST, COMBINE_NEXT -> false;
    };
  }
}
