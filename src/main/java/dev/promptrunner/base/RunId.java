package dev.promptrunner.base;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One start of the program on an output root.
 *
 * @param value for example {@code 20261121-093015-4711}: UTC start and process id, so that ids sort
 *     by time and two runs of one second differ
 */
public record RunId(String value) implements Comparable<RunId> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public RunId {
    if (!value.matches("[0-9A-Za-z-]{1,64}")) {
      throw new IllegalArgumentException("not a run id: '" + value + "'");
    }
  }

  public static RunId of(Instant start, long pid) {
    return new RunId(STAMP.format(start) + "-" + pid);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
