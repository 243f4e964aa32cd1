package dev.promptrunner.cli.console;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line for each event that matters, with the time; a job's steps at most every 10 s. */
final class PlainConsole implements Console {
  static final Duration STEP_EVERY = Duration.ofSeconds(10);
  private static final int MOST_LINES = 10_000;

  private final ConsoleSettings settings;
  private final PrintStream out;
  private final DateTimeFormatter stamp;
  private final Lines lines = new Lines(MOST_LINES);
  private final Object lock = new Object();
  private final RunView run = new RunView();
  private final Map<JobId, Instant> lastTold = new HashMap<>();
  private final Drawing drawing;
  private boolean closed;

  PlainConsole(ConsoleSettings settings, PrintStream err, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.stamp = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(settings.zone());
    this.drawing = new Drawing(this::pending, text -> write(err, text), Drawing.Timing.LINES);
  }

  @Override
  public void on(RunEvent event) {
    synchronized (lock) {
      run.on(event);
      if (matters(event)) {
        add(event.at(), Words.of(event));
      }
      if (event instanceof RunEvent.RunStarted && run.simulated()) {
        add(event.at(), Words.SIMULATOR);
      }
    }
    drawing.wake();
  }

  private boolean matters(RunEvent event) {
    return switch (event) {
      case RunEvent.JobStarted e -> {
        lastTold.put(e.job(), e.at());
        yield true;
      }
      case RunEvent.JobProgress e -> due(e);
      case RunEvent.JobDone e -> {
        lastTold.remove(e.job());
        yield true;
      }
      case RunEvent.JobFailed e -> {
        lastTold.remove(e.job());
        yield true;
      }
      case RunEvent.RunStarted _,
          RunEvent.WorkStarted _,
          RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.Delivered _,
          RunEvent.WorkDone _,
          RunEvent.WorkFailed _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ ->
          true;
    };
  }

  private boolean due(RunEvent.JobProgress e) {
    Instant last = lastTold.computeIfAbsent(e.job(), job -> e.at());
    if (Duration.between(last, e.at()).compareTo(STEP_EVERY) < 0) {
      return false;
    }
    lastTold.put(e.job(), e.at());
    return true;
  }

  private void add(Instant at, String words) {
    lines.add(stamp.format(at) + " " + words);
  }

  @Override
  public void line(String text) {
    add(settings.clock().instant(), Columns.oneLine(text));
    drawing.wake();
  }

  @Override
  public void expect(Plan plan) {
    // Plain lines estimate nothing.
  }

  private String pending() {
    List<String> taken = lines.take("(%d lines were not shown)"::formatted);
    return taken.isEmpty() ? "" : String.join("\n", taken) + "\n";
  }

  private static void write(PrintStream err, String text) {
    err.print(text);
    err.flush();
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    drawing.close();
    out.print(new Summary(settings).text(run));
    out.flush();
  }
}
