package dev.promptrunner.simulator;

import java.util.Optional;

/** Which model is loaded, and what the worker shall drop between two jobs. Thread-safe. */
final class ModelSlot {
  private Optional<String> loaded = Optional.empty();
  private boolean unload;
  private boolean clearCache;

  /** True when another model, or none, was there before. */
  synchronized boolean load(String model) {
    boolean swapped = !loaded.equals(Optional.of(model));
    loaded = Optional.of(model);
    return swapped;
  }

  synchronized void empty() {
    loaded = Optional.empty();
  }

  /** Asks for it; clearing the cache implies unloading. */
  synchronized void free(boolean models, boolean memory) {
    unload |= models || memory;
    clearCache |= memory;
  }

  /** Does what was asked for; true when the cache is to be cleared too. */
  synchronized boolean applyFree() {
    if (unload) {
      loaded = Optional.empty();
    }
    boolean clear = clearCache;
    unload = false;
    clearCache = false;
    return clear;
  }
}
