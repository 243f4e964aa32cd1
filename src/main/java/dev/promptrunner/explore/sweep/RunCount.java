package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.sample.Sampler;
import java.util.Optional;

/**
 * How many runs a sweep file makes, before any of them is listed. Pure.
 *
 * @param shots which get all samples each; 1 without shots
 */
record RunCount(SweepFile file, int shots) {
  private static final int MOST = Sampler.MOST_POINTS;

  /** Why so many points with all their seeds are too many, if so. */
  Optional<Problem> problem(int points) {
    long each = (long) points * file.seedsPerSample();
    // Not multiplied by the shots, of which a folder may hold any number.
    return each <= MOST / Math.max(1, shots) ? Optional.empty() : Optional.of(tooMany(points));
  }

  private Problem tooMany(int points) {
    return new Problem(
        file.file().toString(),
        "a sweep may have at most %d runs".formatted(MOST),
        "%d samples with %d seeds each".formatted(points, file.seedsPerSample())
            + (shots > 1 ? " for %d shots".formatted(shots) : ""),
        "set a smaller num_samples or seeds_per_sample, or take fewer levels"
            + (shots > 1 ? " or shots" : ""));
  }
}
