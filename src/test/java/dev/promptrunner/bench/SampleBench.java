package dev.promptrunner.bench;

import dev.promptrunner.explore.sample.Dimension;
import dev.promptrunner.explore.sample.Sampler;
import dev.promptrunner.explore.sample.Scale;
import dev.promptrunner.explore.sample.Strategy;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sampling 100,000 points of 21 dimensions by each strategy that draws points: as values ready to
 * be set, in a fresh process and again.
 *
 * <p>Argument: how many points (100,000 unless given).
 */
public final class SampleBench {
  private static final int DIMENSIONS = 21;
  private static final int ROUNDS = 5;
  private static final double MOST_SECONDS = 1;

  private SampleBench() {}

  public static void main(String[] args) {
    int points = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    Marks marks = new Marks();
    for (Strategy strategy : List.of(Strategy.SOBOL, Strategy.LHS, Strategy.RANDOM)) {
      measure(marks, new Sampler("bench", strategy, points, 1, false), strategy.key());
    }
    measure(marks, new Sampler("bench", Strategy.SOBOL, points, 1, true), "sobol, scrambled");
    marks.exit();
  }

  private static void measure(Marks marks, Sampler sampler, String what) {
    double first = seconds(sampler);
    double[] again = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      again[i] = seconds(sampler);
    }
    marks.say(
        "sample: %s: %d points of %d dimensions: %.2f s at first, then %.2f s",
        what, sampler.count(), DIMENSIONS, first, Marks.median(again));
    marks.atMost("sample: " + what + ", at first", first, MOST_SECONDS, "s");
  }

  private static double seconds(Sampler sampler) {
    List<Dimension> dimensions = dimensions();
    long start = System.nanoTime();
    int found = sampler.samples(dimensions).orThrow().size();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (found != sampler.count()) {
      throw new IllegalStateException(found + " points of " + sampler.count());
    }
    return seconds;
  }

  /** All continuous, which take the longest; every third is of whole numbers. */
  private static List<Dimension> dimensions() {
    return IntStream.range(0, DIMENSIONS)
        .<Dimension>mapToObj(
            i ->
                new Dimension.Continuous(
                    "d" + i,
                    BigDecimal.valueOf(i),
                    BigDecimal.valueOf(9L + 3 * i),
                    Scale.LINEAR,
                    i % 3 == 0))
        .toList();
  }
}
