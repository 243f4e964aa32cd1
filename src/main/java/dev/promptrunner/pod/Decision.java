package dev.promptrunner.pod;

import dev.promptrunner.pod.PodSettings.Undelivered;

/** Whether the pod may be ended, and how. Pure: the whole policy stands here. */
sealed interface Decision {
  /** For people: why so, and why not as asked. */
  String why();

  /** Nothing is ended. */
  record Stay(String why) implements Decision {}

  /** The pod is ended. */
  record End(EndAction action, String why) implements Decision {}

  /**
   * Weighs the evidence.
   *
   * @param after never {@link After#AUTO}
   * @param kept whether the output folder outlives a stop
   */
  static Decision of(After after, Evidence evidence, Undelivered policy, boolean kept) {
    return switch (after) {
      case AUTO -> throw new IllegalArgumentException("auto must be decided first");
      case NONE -> new Stay("--after none: the pod stays up");
      case STOP, TERMINATE ->
          switch (evidence) {
            case Evidence.DeliveryProof proof -> delivered(after, proof);
            case Evidence.NothingToDeliver nothing -> nothing(after, nothing, kept);
            case Evidence.Undelivered waiting -> undelivered(waiting, policy, kept);
            case Evidence.LimitReached limit -> limited(after, limit, kept);
          };
    };
  }

  private static Decision delivered(After after, Evidence.DeliveryProof proof) {
    String words = proof.uris().size() + " delivered and verified";
    if (after == After.STOP) {
      return new End(EndAction.STOP, words);
    }
    return proof.failed() == 0
        ? new End(EndAction.TERMINATE, words)
        : new End(EndAction.STOP, words + ", but " + proof.failed() + " failed" + diskStays(after));
  }

  private static Decision nothing(After after, Evidence.NothingToDeliver nothing, boolean kept) {
    boolean precious = nothing.keptLocally() > 0 || nothing.failed() > 0;
    String words =
        nothing.keptLocally() + " finished on this disk alone, " + nothing.failed() + " failed";
    if (precious && !kept) {
      return new Stay(words + ", and a stop would wipe the output folder: the pod stays up");
    }
    return new End(EndAction.STOP, "nothing was delivered: " + words + diskStays(after));
  }

  private static Decision undelivered(
      Evidence.Undelivered waiting, Undelivered policy, boolean kept) {
    String words = "not delivered: " + String.join(", ", waiting.works());
    return policy == Undelivered.STOP && kept
        ? new End(EndAction.STOP, words + "; pod.undelivered is 'stop', and the disk keeps them")
        : new Stay(words + ": the pod stays up, and its bill runs on; run again to deliver");
  }

  /** Paid videos are worth more than the hours until somebody looks. */
  private static Decision limited(After after, Evidence.LimitReached limit, boolean kept) {
    String words = limit.why() + unfinished(limit);
    return limit.finished().isEmpty() || kept
        ? new End(EndAction.STOP, words + diskStays(after))
        : new Stay(
            words
                + ": a stop would wipe the output folder with "
                + String.join(", ", limit.finished())
                + ", so the pod stays up and is BILLED beyond the limit; copy them, or run again to"
                + " deliver, and end the pod by hand");
  }

  private static String unfinished(Evidence.LimitReached limit) {
    return limit.undelivered().isEmpty()
        ? ""
        : "; not delivered: " + String.join(", ", limit.undelivered());
  }

  private static String diskStays(After after) {
    return after == After.TERMINATE
        ? "; stopped instead of terminated, so that the disk stays"
        : "";
  }
}
