package dev.promptrunner.chaos;

import java.io.PrintStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints what was done with the time since the start, and counts it by kind. For one thread. */
final class Diary {
  private final PrintStream out;
  private final long start = System.nanoTime();
  private final Map<String, Integer> counts = new TreeMap<>();

  Diary(PrintStream out) {
    this.out = out;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  void say(String line) {
    out.printf(Locale.ROOT, "%7.2f s  %s%n", seconds(), line);
  }

  /** One more of this kind. */
  void did(String kind, String detail) {
    counts.merge(kind, 1, Integer::sum);
    say(detail.isEmpty() ? kind : kind + ": " + detail);
  }

  /** So many more of a kind, without a line. */
  void add(String kind, long number) {
    counts.merge(kind, Math.toIntExact(number), Integer::sum);
  }

  int count(String kind) {
    return counts.getOrDefault(kind, 0);
  }

  Map<String, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
