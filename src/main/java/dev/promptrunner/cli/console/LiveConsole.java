package dev.promptrunner.cli.console;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Plan;
import java.io.PrintStream;
import java.util.List;

/**
 * Bars on a terminal; what has ended scrolls above them.
 *
 * <p>Own drawing instead of a progress-bar library: those draw each bar for itself by moving the
 * cursor relative to the others, so that a line printed between them, a bar that ends or a resized
 * window leaves wreckage.
 */
final class LiveConsole implements Console {
  private static final int MOST_LINES = 5_000;

  private final ConsoleSettings settings;
  private final Terminal terminal;
  private final PrintStream out;
  private final Bars bars;
  private final Object lock = new Object();
  private final RunView run = new RunView();
  private final Lines lines = new Lines(MOST_LINES);
  private final Screen screen = new Screen();
  private final Drawing drawing;
  private boolean closed;

  LiveConsole(ConsoleSettings settings, Terminal terminal, PrintStream out) {
    this.settings = settings;
    this.terminal = terminal;
    this.out = out;
    this.bars = new Bars(settings.style());
    this.drawing = new Drawing(this::frame, terminal::write, Drawing.Timing.BARS);
  }

  @Override
  public void on(RunEvent event) {
    synchronized (lock) {
      run.on(event);
      tell(event);
    }
    drawing.wake();
  }

  private void tell(RunEvent event) {
    Style style = settings.style();
    String words = Words.of(event);
    switch (event) {
      case RunEvent.RunStarted _ -> {
        lines.add(style.strong(words));
        if (run.simulated()) {
          lines.add(style.careful(Words.SIMULATOR));
        }
      }
      case RunEvent.WorkStarted _, RunEvent.JobStarted _, RunEvent.JobProgress _ -> {
        // A bar shows it.
      }
      case RunEvent.RunFinished _ -> {
        // The summary says it.
      }
      case RunEvent.JobDone _,
          RunEvent.ServerUp _,
          RunEvent.Resumed _,
          RunEvent.Spent _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _ ->
          lines.add("  " + words);
      case RunEvent.VideoReady _, RunEvent.Delivered _, RunEvent.WorkDone _ ->
          lines.add(style.good("✓ ") + words);
      case RunEvent.JobFailed e ->
          lines.add(e.willRetry() ? style.careful("! " + words) : style.bad("✗ " + words));
      case RunEvent.WorkFailed _ -> lines.add(style.bad("✗ " + words));
      case RunEvent.Warning _,
          RunEvent.ServerDown _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.LimitNear _ ->
          lines.add(style.careful("! " + words));
    }
  }

  @Override
  public void line(String text) {
    lines.add(settings.style().careful("! " + Columns.oneLine(text)));
    drawing.wake();
  }

  @Override
  public void expect(Plan plan) {
    synchronized (lock) {
      run.expect(plan);
    }
  }

  private String frame() {
    Terminal.Size size = terminal.size();
    synchronized (lock) {
      List<String> scrolled = lines.take("! %d lines were not shown"::formatted);
      List<String> below = closed ? List.of() : bars.lines(run, settings.clock().instant(), size);
      return screen.frame(scrolled, below, size.columns());
    }
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
