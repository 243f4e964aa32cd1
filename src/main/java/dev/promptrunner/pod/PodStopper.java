package dev.promptrunner.pod;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The one place that ends a pod, and the only one that can: it alone makes a {@link Permit}, and
 * only for {@link Evidence} that allows it. Thread-safe; a pod is ended at most once.
 */
public final class PodStopper {
  private final Pod pod;
  private final After after;
  private final PodSettings.Undelivered policy;
  private final Path output;
  private final RunListener listener;
  private final InstantSource clock;
  private Optional<Outcome> ended = Optional.empty();

  /**
   * @param after {@link After#AUTO} must have been decided ({@link After#decided})
   * @param output the folder with all results, which a stop must not wipe before delivery
   */
  public PodStopper(
      Pod pod,
      After after,
      PodSettings.Undelivered policy,
      Path output,
      RunListener listener,
      InstantSource clock) {
    if (after == After.AUTO) {
      throw new IllegalArgumentException("auto must be decided first");
    }
    this.pod = pod;
    this.after = after;
    this.policy = policy;
    this.output = output;
    this.listener = listener;
    this.clock = clock;
  }

  /** What became of the pod. */
  public sealed interface Outcome {
    /**
     * The pod runs on.
     *
     * @param why for people
     */
    record StayedUp(String why) implements Outcome {}

    /** The pod was ended; a second call gives the first one's answer. */
    record WasEnded(EndAction action, Ended ended) implements Outcome {}
  }

  /**
   * Ends the pod when the evidence allows it, announces it, and reads the state back.
   *
   * @throws FailureException when there is no way at all to end the pod: the bill goes on
   * @throws InterruptedException when the thread is interrupted, which alone ends the trying
   */
  public synchronized Outcome endAfter(Evidence evidence)
      throws FailureException, InterruptedException {
    if (ended.isPresent()) {
      return ended.get();
    }
    return switch (Decision.of(after, evidence, policy, pod.keepsOnStop(output))) {
      case Decision.Stay stay -> stay(stay.why());
      case Decision.End end -> end(end);
    };
  }

  private Outcome stay(String why) {
    if (after != After.NONE) {
      warn(why);
    }
    return new Outcome.StayedUp(why);
  }

  private Outcome end(Decision.End end) throws FailureException, InterruptedException {
    EndAction action = end.action();
    if (after == After.TERMINATE && action == EndAction.STOP) {
      warn(end.why());
    }
    listener.on(new RunEvent.PodStopping(clock.instant(), pod.describe(), action.word()));
    Ended answer = pod.end(new Permit(action), this::warn);
    listener.on(new RunEvent.PodStopped(clock.instant(), pod.describe(), answer.state()));
    if (!answer.confirmed()) {
      warn(answer.state() + " (" + answer.via() + "): make sure at the provider that it has ended");
    }
    Outcome outcome = new Outcome.WasEnded(action, answer);
    ended = Optional.of(outcome);
    return outcome;
  }

  private void warn(String message) {
    listener.on(new RunEvent.Warning(clock.instant(), pod.describe(), message));
  }
}
