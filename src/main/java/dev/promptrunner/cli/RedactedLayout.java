package dev.promptrunner.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Lines for people, without secrets: {@code logback.xml} and the log file use it. */
public final class RedactedLayout extends PatternLayout {
  @Override
  public String doLayout(ILoggingEvent event) {
    return Logs.clean(getContext(), super.doLayout(event));
  }
}
