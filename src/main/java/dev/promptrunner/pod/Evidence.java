package dev.promptrunner.pod;

import java.util.List;

/** What is known of the run's results when somebody wants to end the pod. */
public sealed interface Evidence {
  /** How many prompt files failed; what they left lies on the disk. */
  int failed();

  /**
   * Everything that was finished lies in the object store and was read back. Only {@link
   * DeliveryLedger} makes one, out of the events of verified deliveries.
   */
  final class DeliveryProof implements Evidence {
    private final List<String> uris;
    private final int failed;

    DeliveryProof(List<String> uris, int failed) {
      if (uris.isEmpty()) {
        throw new IllegalArgumentException("a proof of delivery needs a delivery");
      }
      this.uris = List.copyOf(uris);
      this.failed = failed;
    }

    /** Where the results lie; at least one. */
    public List<String> uris() {
      return uris;
    }

    @Override
    public int failed() {
      return failed;
    }
  }

  /**
   * The run is over and had nothing to deliver: no delivery was asked for, or every file failed.
   *
   * @param keptLocally finished works whose only copy is on this machine, as the user wanted
   */
  record NothingToDeliver(int keptLocally, int failed) implements Evidence {}

  /**
   * Work is unfinished, or finished and not in the object store.
   *
   * @param works their names, at least one
   */
  record Undelivered(List<String> works, int failed) implements Evidence {
    public Undelivered {
      works = List.copyOf(works);
    }
  }

  /**
   * Time or money is used up: what stops a pod with work undelivered, unless that wipes finished
   * videos.
   *
   * @param why for people: {@code the deadline of 08:00 has passed}
   * @param undelivered works that are not in the object store, finished or not
   * @param finished those of which a final video lies on this machine alone
   */
  record LimitReached(String why, List<String> undelivered, List<String> finished, int failed)
      implements Evidence {
    public LimitReached {
      undelivered = List.copyOf(undelivered);
      finished = List.copyOf(finished);
    }
  }
}
