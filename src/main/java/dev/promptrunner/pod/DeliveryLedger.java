package dev.promptrunner.pod;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the books of a run: which prompt file was taken up, which failed, which was delivered and
 * verified. It hears the run's events and believes nothing else. Safe for use by any thread.
 */
public final class DeliveryLedger implements RunListener {
  private sealed interface Standing {
    record Open() implements Standing {}

    record Finished() implements Standing {}

    record Failed() implements Standing {}

    record Delivered(String uri) implements Standing {}
  }

  private final boolean delivers;
  private final boolean together;
  private final Map<String, Standing> works = new LinkedHashMap<>();
  private boolean begun;
  private int announced;

  /**
   * @param delivers whether the user named a place to deliver to
   */
  public DeliveryLedger(boolean delivers) {
    this(delivers, false);
  }

  private DeliveryLedger(boolean delivers, boolean together) {
    this.delivers = delivers;
    this.together = together;
  }

  /**
   * Of a run whose works are delivered as a whole: one delivery is that of all that is finished.
   */
  public static DeliveryLedger ofOneArchive(boolean delivers) {
    return new DeliveryLedger(delivers, true);
  }

  @Override
  public synchronized void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted run -> begin(run.promptFiles());
      case RunEvent.WorkStarted work -> note(work.work(), new Standing.Open());
      case RunEvent.WorkFailed work -> note(work.work(), new Standing.Failed());
      case RunEvent.WorkDone work -> note(work.work(), new Standing.Finished());
      case RunEvent.VideoReady video when video.finished() ->
          note(video.work(), new Standing.Finished());
      case RunEvent.Delivered whole when together -> allDelivered(whole.uri());
      case RunEvent.Delivered work -> note(work.work(), new Standing.Delivered(work.uri()));
      case RunEvent.JobStarted _,
          RunEvent.JobProgress _,
          RunEvent.JobDone _,
          RunEvent.JobFailed _,
          RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ -> {}
    }
  }

  private void begin(int promptFiles) {
    begun = true;
    announced = promptFiles;
  }

  private void allDelivered(String uri) {
    works.replaceAll(
        (_, standing) ->
            standing instanceof Standing.Finished ? new Standing.Delivered(uri) : standing);
  }

  /**
   * A delivery that was read back stays one, whatever is said of its work afterwards; and a final
   * video whose upload failed is still the only copy of it.
   */
  private void note(String work, Standing standing) {
    works.merge(work, standing, DeliveryLedger::after);
  }

  private static Standing after(Standing old, Standing now) {
    boolean stays =
        old instanceof Standing.Delivered
            || (old instanceof Standing.Finished && now instanceof Standing.Failed);
    return stays ? old : now;
  }

  /** What the books say now. */
  public synchronized Evidence evidence() {
    List<String> waiting = undelivered();
    if (!waiting.isEmpty()) {
      return new Evidence.Undelivered(waiting, failed());
    }
    List<String> uris =
        works.values().stream()
            .filter(Standing.Delivered.class::isInstance)
            .map(delivered -> ((Standing.Delivered) delivered).uri())
            .distinct()
            .toList();
    return uris.isEmpty()
        ? new Evidence.NothingToDeliver(count(Standing.Finished.class), failed())
        : new Evidence.DeliveryProof(uris, failed());
  }

  /** The same for the moment when time or money is used up. */
  public synchronized Evidence.LimitReached limitReached(String why) {
    List<String> finished =
        works.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Standing.Finished)
            .map(Map.Entry::getKey)
            .toList();
    return new Evidence.LimitReached(why, undelivered(), finished, failed());
  }

  /** Open works, finished ones that should be in the store, and those not even begun. */
  private List<String> undelivered() {
    List<String> waiting =
        new java.util.ArrayList<>(
            works.entrySet().stream()
                .filter(e -> waits(e.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    if (!begun) {
      waiting.add("the whole run, which has not begun");
    }
    int notBegun = announced - works.size();
    if (notBegun > 0) {
      waiting.add(notBegun + " not begun");
    }
    return waiting;
  }

  private boolean waits(Standing standing) {
    return switch (standing) {
      case Standing.Open _ -> true;
      case Standing.Finished _ -> delivers;
      case Standing.Failed _, Standing.Delivered _ -> false;
    };
  }

  private int failed() {
    return count(Standing.Failed.class);
  }

  private int count(Class<? extends Standing> kind) {
    return (int) works.values().stream().filter(kind::isInstance).count();
  }
}
