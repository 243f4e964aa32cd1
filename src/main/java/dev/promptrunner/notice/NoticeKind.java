package dev.promptrunner.notice;

import java.util.Locale;

/** What people can ask to be told of. */
public enum NoticeKind {
  RUN_STARTED,
  FILE_DONE,
  FILE_FAILED,
  DELIVERED,
  /** The pod is asked to end, has ended, or cannot be ended. */
  POD,
  /** Time or money is running out. */
  LIMIT,
  /** Jobs wait for something, or go on again. */
  PAUSED,
  /** A server went away or came back. */
  SERVER,
  WARNING,
  RUN_FINISHED;

  /** As settings and webhooks write it: {@code file-done}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is one of many of a night: what may be left out first when nobody listens. */
  boolean progress() {
    return switch (this) {
      case FILE_DONE, DELIVERED -> true;
      case RUN_STARTED, FILE_FAILED, POD, LIMIT, PAUSED, SERVER, WARNING, RUN_FINISHED -> false;
    };
  }
}
