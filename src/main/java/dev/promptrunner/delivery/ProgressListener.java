package dev.promptrunner.delivery;

/** Told how an upload goes on, on the uploading thread; returns quickly and never throws. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (sent, total) -> {};

  /**
   * More was handed to the store.
   *
   * @param sent bytes so far, 0 … total; falls back when a broken upload had to start anew
   * @param total the whole archive
   */
  void sent(long sent, long total);
}
