package dev.promptrunner.pod;

import java.util.Locale;

/** The two ways to end a pod. */
public enum EndAction {
  /** Computing ends, the disk stays and is still billed. */
  STOP,
  /** The pod goes, with its disk. */
  TERMINATE;

  /** As providers, settings and events spell it: {@code stop}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
