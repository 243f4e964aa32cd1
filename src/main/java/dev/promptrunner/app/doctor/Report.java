package dev.promptrunner.app.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * All findings.
 *
 * @param findings by area, within it in the order of the checks
 */
public record Report(List<Finding> findings) {
  public Report {
    findings = findings.stream().sorted(Comparator.comparing(Finding::area)).toList();
  }

  public long count(Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
