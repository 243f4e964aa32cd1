package dev.promptrunner.cli;

import dev.promptrunner.cli.console.Words;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event to the log, one line each with its ids; steps of jobs only for debugging. */
public final class EventLog implements RunListener {
  /** Kept off the console, which shows events itself. */
  static final String NAME = "dev.promptrunner.events";

  private final Logger log = LoggerFactory.getLogger(NAME);

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.JobProgress e -> log.debug("{}", Words.of(e));
      case RunEvent.JobFailed _,
          RunEvent.WorkFailed _,
          RunEvent.ServerDown _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.LimitNear _,
          RunEvent.Warning _ ->
          log.warn("{}", Words.of(event));
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
          log.info("{}", Words.of(event));
    }
  }
}
