package dev.promptrunner.config;

/**
 * How far a run goes to save a prompt file.
 *
 * @param leastFrames the fewest frames a chunk may come down to when memory is not enough; 0 for
 *     never
 * @param checkBlack whether a segment that is black throughout is bad
 * @param checkFrozen whether a segment whose picture never changes is bad
 */
public record RecoveryConfig(int leastFrames, boolean checkBlack, boolean checkFrozen) {
  static RecoveryConfig of(Resolved settings) {
    return new RecoveryConfig(
        settings.get(Keys.OOM_LEAST_FRAMES),
        settings.get(Keys.CHECK_BLACK),
        settings.get(Keys.CHECK_FROZEN));
  }
}
