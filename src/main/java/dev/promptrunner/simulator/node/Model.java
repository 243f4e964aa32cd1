package dev.promptrunner.simulator.node;

import java.util.Locale;

/**
 * A loaded expert.
 *
 * @param file the file's name, which alone tells the experts apart
 */
record Model(String file) {
  /** The expert that finishes what another began: it must be given a latent. */
  boolean isLow() {
    return file.toLowerCase(Locale.ROOT).contains("low_noise") && !file.contains("HIGH");
  }
}
