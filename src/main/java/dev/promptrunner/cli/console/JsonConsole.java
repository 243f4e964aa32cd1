package dev.promptrunner.cli.console;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Plan;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/**
 * One event a line on standard output, for programs; nothing else goes there. When the reader falls
 * far behind, the oldest lines go and a line {@code {"type":"skipped","events":n}} says how many.
 */
final class JsonConsole implements Console {
  private static final int MOST_LINES = 100_000;

  private final Function<RunEvent, String> json;
  private final Lines lines = new Lines(MOST_LINES);
  private final Lines notes = new Lines(1_000);
  private final Drawing events;
  private final Drawing warnings;

  JsonConsole(Function<RunEvent, String> json, PrintStream err, PrintStream out) {
    this.json = json;
    this.events =
        new Drawing(
            () -> text(lines, "{\"type\":\"skipped\",\"events\":%d}"),
            text -> write(out, text),
            Drawing.Timing.LINES);
    this.warnings =
        new Drawing(
            () -> text(notes, "(%d lines were not shown)"),
            text -> write(err, text),
            Drawing.Timing.LINES);
  }

  @Override
  public void on(RunEvent event) {
    lines.add(json.apply(event));
    events.wake();
  }

  @Override
  public void line(String text) {
    notes.add(Columns.oneLine(text));
    warnings.wake();
  }

  @Override
  public void expect(Plan plan) {
    // Programs ask `plan --json`.
  }

  private static String text(Lines lines, String note) {
    List<String> taken = lines.take(note::formatted);
    return taken.isEmpty() ? "" : String.join("\n", taken) + "\n";
  }

  private static void write(PrintStream stream, String text) {
    stream.print(text);
    stream.flush();
  }

  @Override
  public void close() {
    events.close();
    warnings.close();
  }
}
