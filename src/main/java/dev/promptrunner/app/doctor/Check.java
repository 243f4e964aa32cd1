package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One thing to look at.
 *
 * @param name what a finding is called when the look itself fails
 * @param limit how long the look may take; a dead host costs no more
 */
record Check(Area area, String name, Duration limit, Look look) {
  static final Duration SHORT = Duration.ofSeconds(15);

  /** Looks; on a thread of its own, beside the other checks. */
  @FunctionalInterface
  interface Look {
    List<Finding> findings() throws FailureException, IOException, InterruptedException;
  }

  /** With the usual limit. */
  static Check of(Area area, String name, Look look) {
    return new Check(area, name, SHORT, look);
  }

  /**
   * The same of one server among several, whose findings are told apart by a number.
   *
   * @param number from 1
   */
  Check numbered(int number) {
    return new Check(
        area,
        name + " " + number,
        limit,
        () -> look.findings().stream().map(finding -> finding.numbered(number)).toList());
  }

  Check within(Duration other) {
    return new Check(area, name, other, look);
  }
}
