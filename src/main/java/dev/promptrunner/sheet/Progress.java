package dev.promptrunner.sheet;

/** Hears how far the looking is. Called by one thread at a time, the last time with all done. */
@FunctionalInterface
public interface Progress {
  /**
   * So many files are done.
   *
   * @param done 0 … total
   * @param total files to look at, with those whose look is kept from before
   */
  void at(int done, int total);
}
