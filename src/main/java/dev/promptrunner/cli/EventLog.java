package dev.promptrunner.cli;

import dev.promptrunner.base.JobId;
import dev.promptrunner.cli.console.Words;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes every event to the log, one line each with its ids; steps of jobs only for debugging. For
 * one run.
 */
public final class EventLog implements RunListener {
  /** Kept off the console, which shows events itself. */
  static final String NAME = "dev.promptrunner.events";

  private final Logger log = LoggerFactory.getLogger(NAME);
  private String run = "";

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      run = started.run().value();
    }
    LoggingEventBuilder line = log.atLevel(level(event)).addKeyValue("event", event.type());
    if (!run.isEmpty()) {
      line = line.addKeyValue("run", run);
    }
    ids(event, line).log(Words.of(event));
  }

  private static Level level(RunEvent event) {
    return switch (event) {
      case RunEvent.JobProgress _ -> Level.DEBUG;
      case RunEvent.JobFailed _,
          RunEvent.WorkFailed _,
          RunEvent.ServerDown _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.LimitNear _,
          RunEvent.Warning _ ->
          Level.WARN;
      case RunEvent.RunStarted _,
          RunEvent.WorkStarted _,
          RunEvent.JobStarted _,
          RunEvent.JobDone _,
          RunEvent.ServerUp _,
          RunEvent.Resumed _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.Delivered _,
          RunEvent.WorkDone _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ ->
          Level.INFO;
    };
  }

  private static LoggingEventBuilder ids(RunEvent event, LoggingEventBuilder line) {
    return switch (event) {
      case RunEvent.JobStarted e -> job(line, e.job()).addKeyValue("server", e.resource());
      case RunEvent.JobProgress e -> job(line, e.job());
      case RunEvent.JobDone e -> job(line, e.job());
      case RunEvent.JobFailed e -> job(line, e.job()).addKeyValue("failure", e.failure());
      case RunEvent.WorkStarted e -> line.addKeyValue("work", e.work());
      case RunEvent.Replanned e -> line.addKeyValue("work", e.work());
      case RunEvent.VideoReady e -> line.addKeyValue("work", e.work());
      case RunEvent.Delivered e -> line.addKeyValue("work", e.work());
      case RunEvent.WorkDone e -> line.addKeyValue("work", e.work());
      case RunEvent.WorkFailed e -> line.addKeyValue("work", e.work());
      case RunEvent.Spent e -> e.work().isEmpty() ? line : line.addKeyValue("work", e.work());
      case RunEvent.ServerDown e -> line.addKeyValue("server", e.server());
      case RunEvent.ServerUp e -> line.addKeyValue("server", e.server());
      case RunEvent.RunStarted _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ ->
          line;
    };
  }

  private static LoggingEventBuilder job(LoggingEventBuilder line, JobId job) {
    return line.addKeyValue("work", job.work()).addKeyValue("job", job.value());
  }
}
