package dev.promptrunner.sheet.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.util.MathArrays;

/** Statistics of the order of numbers, which no outlier can bend. */
final class Ranks {
  private Ranks() {}

  /** From 1; equal numbers share the mean of their ranks. */
  static double[] of(double... values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /**
   * The correlation of Spearman, −1 … 1, with ties.
   *
   * @return NaN when either is constant
   */
  static double spearman(double[] x, double[] y) {
    double[] a = centred(of(x));
    double[] b = centred(of(y));
    return Math.clamp(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), -1, 1);
  }

  /**
   * The correlation ratio η of ranks: how far the choice decides the rank, 0 … 1.
   *
   * @param groups for each number, which choice it belongs to, from 0
   * @return NaN when the numbers are constant
   */
  static double ratio(int[] groups, double[] y) {
    double[] ranks = centred(of(y));
    int count = Arrays.stream(groups).max().orElse(-1) + 1;
    double[] sums = new double[count];
    double[] sizes = new double[count];
    for (int i = 0; i < groups.length; i++) {
      sums[groups[i]] += ranks[i];
      sizes[groups[i]]++;
    }
    double between = IntStream.range(0, count).mapToDouble(g -> sums[g] * sums[g] / sizes[g]).sum();
    return Math.clamp(Math.sqrt(between / dot(ranks, ranks)), 0, 1);
  }

  private static double[] centred(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(value -> value - mean).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return MathArrays.linearCombination(a, b);
  }
}
