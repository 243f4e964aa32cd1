package dev.promptrunner.pod;

/** The right to end the pod, which exists only once {@link PodStopper} has weighed the evidence. */
public final class Permit {
  private final EndAction action;

  Permit(EndAction action) {
    this.action = action;
  }

  /** What is permitted. */
  public EndAction action() {
    return action;
  }

  @Override
  public String toString() {
    return "permit to " + action.word();
  }
}
