package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.util.List;
import java.util.Optional;

/**
 * How pieces become one video. The first piece decides size, colours and rate.
 *
 * @param steps the parts in order
 * @param rate of the joined video
 * @param encoding how parts are encoded; empty when all are copied
 * @param sets the parameter sets of the joined H.264 track; empty when the track is not H.264, then
 *     its header is the first input's
 * @param verifyFrom the frame of the joined video from which it is new and has to be decoded as a
 *     proof; a clean packet holds it
 */
record JoinPlan(
    List<Step> steps,
    FrameRate rate,
    Optional<EncoderSettings> encoding,
    Optional<ParameterSets> sets,
    int verifyFrom) {
  record Step(ScannedVideo input, Part part) {}

  JoinPlan {
    steps = List.copyOf(steps);
  }

  int frames() {
    return steps.stream().mapToInt(step -> step.part().frames().length()).sum();
  }

  ScannedVideo first() {
    return steps.getFirst().input();
  }

  /** Whether anything is copied, so that encoding everything would be another way. */
  boolean copiesAnything() {
    return steps.stream().anyMatch(step -> step.part() instanceof Part.Copied);
  }

  /** How far coding runs ahead of showing at most, in frames. */
  int delay(int encoderDelay) {
    int delay = encoding.isPresent() ? encoderDelay : 0;
    for (Step step : steps) {
      if (step.part() instanceof Part.Copied(var frames)) {
        delay = Math.max(delay, step.input().index().delay(frames.start(), frames.end()));
      }
    }
    return delay;
  }
}
