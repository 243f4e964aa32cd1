package dev.promptrunner.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person most likely meant to write. */
public final class Nearest {
  /** Nobody mistypes more, and comparing takes the square of it. */
  private static final int LONGEST = 300;

  private Nearest() {}

  /** The candidate with the fewest changed letters, if that is at most a third of them. */
  public static Optional<String> to(String written, Collection<String> candidates) {
    String low = written.toLowerCase(Locale.ROOT);
    record Scored(String candidate, int changes) {}
    if (low.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - low.length()) <= allowed(candidate, low))
        .map(candidate -> new Scored(candidate, changes(low, candidate.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.changes <= allowed(scored.candidate, low))
        .min(
            Comparator.comparingInt(Scored::changes)
                .thenComparingInt(scored -> Math.abs(scored.candidate.length() - low.length()))
                .thenComparing(Scored::candidate))
        .map(Scored::candidate);
  }

  /** {@code "did you mean 'x'?"}, or the given advice when nothing is near. */
  public static String hint(String written, Collection<String> candidates, String otherwise) {
    return to(written, candidates).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
  }

  private static int allowed(String a, String b) {
    return Math.max(1, Math.max(a.length(), b.length()) / 3);
  }

  /** Letters changed, added, left out or swapped with their neighbour; three rows of a table. */
  private static int changes(String a, String b) {
    int[] second = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        if (isSwap(a, i, b, j)) {
          row[j] = Math.min(row[j], second[j - 2] + 1);
        }
      }
      second = above;
      above = row;
    }
    return above[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
