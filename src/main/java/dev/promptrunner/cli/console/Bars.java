package dev.promptrunner.cli.console;

import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The lines under the scrolling text: a bar for each prompt file in work, and one for the rest. */
final class Bars {
  static final int MOST = 8;
  private static final int NAME = 28;
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 8;

  /** One prompt file's cells, told from the most to the least important. */
  private record Row(String name, double fraction, List<String> cells) {}

  private final Style style;

  Bars(Style style) {
    this.style = style;
  }

  /** None before the run began and after it ended; every line is shorter than the terminal. */
  List<String> lines(RunView run, Instant now, Terminal.Size size) {
    if (run.start().isEmpty() || run.end().isPresent()) {
      return List.of();
    }
    List<WorkView> shown = shown(run, Math.clamp(size.rows() - 3, 1, MOST));
    TimeLeft left = new TimeLeft(run, now);
    List<Row> rows = shown.stream().map(work -> row(run, left, work)).toList();
    List<String> lines = new ArrayList<>(table(rows, size.columns() - 1));
    lines.add(style.faint(Columns.cut(rest(run, shown.size(), now), size.columns() - 1)));
    return lines;
  }

  private static List<WorkView> shown(RunView run, int most) {
    List<WorkView> open = run.works().stream().filter(WorkView::atWork).toList();
    List<WorkView> first =
        open.stream()
            .sorted(Comparator.comparing(work -> work.running().isEmpty()))
            .limit(most)
            .toList();
    return open.stream().filter(first::contains).toList();
  }

  private static Row row(RunView run, TimeLeft left, WorkView work) {
    List<WorkView.Running> running = work.running();
    int number = Math.min(work.jobs(), work.done() + running.size());
    String job = "job " + number + "/" + work.jobs();
    String step = running.isEmpty() ? "waiting" : step(running.getLast());
    var rate = work.pace().framesPerSecond();
    if (rate.isEmpty()) {
      rate = run.pace().framesPerSecond();
    }
    String speed = rate.isPresent() ? Spoken.rate(rate.getAsDouble()) : "";
    String time = left.of(work).map(Spoken::time).map(text -> text + " left").orElse("");
    return new Row(work.id(), work.fraction(), List.of(job, step, time, speed));
  }

  private static String step(WorkView.Running job) {
    String kind = job.started().kind();
    return job.progress()
        .filter(p -> p.steps() > 0)
        .map(p -> kind + " " + p.step() + "/" + p.steps())
        .orElse(kind);
  }

  private List<String> table(List<Row> rows, int width) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int name = rows.stream().mapToInt(row -> Columns.of(row.name())).max().orElse(0);
    name = Math.min(name, Math.min(width, Math.clamp(width / 3, 8, NAME)));
    int cells = rows.getFirst().cells().size();
    List<Integer> widths = new ArrayList<>();
    int used = name;
    for (int at = 0; at < cells; at++) {
      int cell = cellWidth(rows, at);
      if (used + 2 + cell + 1 + SHORTEST_BAR > width) {
        break;
      }
      widths.add(cell);
      used += cell == 0 ? 0 : cell + 2;
    }
    int bar = Math.min(width - used - 1, LONGEST_BAR);
    int nameWidth = name;
    return rows.stream().map(row -> line(row, nameWidth, bar, widths)).toList();
  }

  private static int cellWidth(List<Row> rows, int at) {
    return rows.stream().mapToInt(row -> Columns.of(row.cells().get(at))).max().orElse(0);
  }

  private String line(Row row, int name, int bar, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    line.append(style.strong(Columns.pad(Columns.cut(row.name(), name), name)));
    if (bar >= SHORTEST_BAR) {
      int full = (int) (row.fraction() * bar);
      line.append(' ').append(style.good("█".repeat(full)));
      line.append(style.faint("░".repeat(bar - full)));
    }
    IntStream.range(0, widths.size())
        .filter(at -> widths.get(at) > 0)
        .forEach(at -> line.append("  ").append(Columns.pad(row.cells().get(at), widths.get(at))));
    return line.toString().stripTrailing();
  }

  private static String rest(RunView run, int shown, Instant now) {
    RunEvent.RunStarted start = run.start().orElseThrow();
    List<WorkView> works = run.works();
    long done = works.stream().filter(work -> work.end().isPresent()).count();
    long failed = works.stream().filter(work -> work.failure().isPresent()).count();
    long hidden = works.stream().filter(WorkView::atWork).count() - shown;
    long waiting = Math.max(0, start.promptFiles() - done - failed - hidden - shown);
    String more = hidden > 0 ? ", %d more at work".formatted(hidden) : "";
    return "%s%d of %s done, %d failed, %d waiting%s · %s so far"
        .formatted(
            run.simulated() ? "SIMULATOR · " : "",
            done,
            Spoken.count(Math.max(start.promptFiles(), works.size()), "prompt file"),
            failed,
            waiting,
            more,
            Spoken.time(Duration.between(start.at(), now)));
  }
}
