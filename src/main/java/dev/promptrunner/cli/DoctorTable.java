package dev.promptrunner.cli;

import dev.promptrunner.app.doctor.Area;
import dev.promptrunner.app.doctor.Finding;
import dev.promptrunner.app.doctor.Level;
import dev.promptrunner.app.doctor.Report;
import dev.promptrunner.cli.console.Columns;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Findings as a table of at most 100 columns, grouped by what they are about. */
final class DoctorTable {
  private static final int WIDTH = 100;
  private static final int LEVEL = 9;
  private static final String REMEDY = "→ ";

  private final Style style;

  DoctorTable(Style style) {
    this.style = style;
  }

  /** Ends with a line that counts. */
  String text(Report report) {
    int name = report.findings().stream().mapToInt(f -> Columns.of(f.name())).max().orElse(0);
    StringBuilder text = new StringBuilder();
    Optional<Area> area = Optional.empty();
    for (Finding finding : report.findings()) {
      if (!area.equals(Optional.of(finding.area()))) {
        area = Optional.of(finding.area());
        text.append(style.strong(finding.area().name().toLowerCase(Locale.ROOT))).append('\n');
      }
      text.append(row(finding, name));
    }
    return text.append(summary(report)).append('\n').toString();
  }

  private String row(Finding finding, int nameWidth) {
    int indent = 2 + LEVEL + nameWidth + 2;
    String start =
        "  "
            + painted(finding.level(), Columns.pad(word(finding.level()), LEVEL))
            + Columns.pad(finding.name(), nameWidth)
            + "  ";
    List<String> lines = new ArrayList<>(wrapped(finding.found(), WIDTH - indent));
    StringBuilder text = new StringBuilder(start + lines.removeFirst() + "\n");
    lines.forEach(line -> text.append(" ".repeat(indent)).append(line).append('\n'));
    if (!finding.remedy().isEmpty()) {
      String lead = REMEDY;
      for (String line : wrapped(finding.remedy(), WIDTH - indent - REMEDY.length())) {
        text.append(" ".repeat(indent)).append(style.strong(lead + line)).append('\n');
        lead = " ".repeat(REMEDY.length());
      }
    }
    return text.toString();
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private String painted(Level level, String text) {
    return switch (level) {
      case OK -> style.good(text);
      case WARNING -> style.careful(text);
      case PROBLEM -> style.bad(text);
    };
  }

  private String summary(Report report) {
    long problems = report.count(Level.PROBLEM);
    String counted =
        Spoken.count(problems, "problem")
            + ", "
            + Spoken.count(report.count(Level.WARNING), "warning")
            + ", "
            + report.count(Level.OK)
            + " ok";
    return problems == 0 ? style.good(counted) : style.bad(counted);
  }

  /** At blanks; a word that is too long, such as a path, has a line that is too long. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Columns.oneLine(text).split(" ")) {
      if (!line.isEmpty() && Columns.of(line + " " + word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
