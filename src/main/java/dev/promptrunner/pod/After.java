package dev.promptrunner.pod;

/** What becomes of the pod when the run is over, as the user asked for it. */
public enum After {
  /** {@link #STOP} inside a pod when there is a place to deliver to, else {@link #NONE}. */
  AUTO,
  /** The pod stays up, and its bill runs on. */
  NONE,
  /** Computing ends and the disk is kept. */
  STOP,
  /** The pod and its own disk go; a network volume stays. */
  TERMINATE;

  /**
   * Never {@link #AUTO}: what it stands for here.
   *
   * @param insidePod whether a pod that can be ended was found
   * @param delivers whether finished videos go to an object store
   */
  public After decided(boolean insidePod, boolean delivers) {
    return switch (this) {
      case AUTO -> insidePod && delivers ? STOP : NONE;
      case NONE, STOP, TERMINATE -> this;
    };
  }
}
