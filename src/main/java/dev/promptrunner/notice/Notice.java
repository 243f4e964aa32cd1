package dev.promptrunner.notice;

import java.time.Instant;

/**
 * One thing that a person is told.
 *
 * @param id unique, and the same when it is sent again: {@code 20261121-093015-4711/7}
 * @param run empty before the run has begun
 * @param text plain words, one line or a few
 * @param event the event behind it as JSON; {@code {}} when there is none
 */
record Notice(
    Instant at,
    String id,
    String run,
    NoticeKind kind,
    Severity severity,
    String text,
    String event) {

  /** How soon a person should look. */
  enum Severity {
    INFO,
    WARNING,
    ERROR
  }
}
