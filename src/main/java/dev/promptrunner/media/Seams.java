package dev.promptrunner.media;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** How much the borders between chunks show: {@link Measures#seam()}. */
final class Seams {
  /** Differences on each side that tell what is usual around a border. */
  private static final int AROUND = 8;

  private Seams() {}

  /**
   * The worst of the borders.
   *
   * @param differences between frame i and frame i + 1, at i
   * @param borders the frames at which a chunk begins
   */
  static OptionalDouble worst(List<Double> differences, List<Integer> borders) {
    Set<Integer> steps = Set.copyOf(borders.stream().map(border -> border - 1).toList());
    return steps.stream()
        .filter(step -> step < differences.size())
        .mapToDouble(step -> visible(differences.get(step)) / usual(differences, step, steps))
        .max();
  }

  private static double usual(List<Double> differences, int step, Set<Integer> borders) {
    int from = Math.max(0, step - AROUND);
    int to = Math.min(differences.size(), step + AROUND + 1);
    double[] neighbours =
        IntStream.range(from, to)
            .filter(at -> !borders.contains(at))
            .mapToDouble(at -> visible(differences.get(at)))
            .sorted()
            .toArray();
    return neighbours.length == 0 ? visible(0) : median(neighbours);
  }

  /** What nobody sees is all the same: else the noise of a still would make seams. */
  private static double visible(double difference) {
    return Math.max(difference, Stillness.NOISE);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half]
        : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
  }
}
