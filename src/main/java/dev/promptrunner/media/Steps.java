package dev.promptrunner.media;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What happens from one reduced frame to the next: motion, frozen steps, seams. */
final class Steps {
  private record Shown(Picture picture, Luma luma) {}

  private final List<Double> differences = new ArrayList<>();
  private @Nullable Shown last;
  private double motion;
  private int frozen;

  void add(Picture picture, Luma luma) {
    Shown before = last;
    if (before != null) {
      double difference = Stillness.difference(before.picture, picture);
      differences.add(difference);
      frozen += difference <= Stillness.NOISE ? 1 : 0;
      motion += before.luma.motionTo(luma);
    }
    last = new Shown(picture, luma);
  }

  OptionalDouble motion() {
    return each(motion);
  }

  OptionalDouble frozen() {
    return each(frozen);
  }

  OptionalDouble seam(List<Integer> borders) {
    return Seams.worst(differences, borders);
  }

  private OptionalDouble each(double sum) {
    return differences.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / differences.size());
  }
}
