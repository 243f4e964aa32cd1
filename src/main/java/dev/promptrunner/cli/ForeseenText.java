package dev.promptrunner.cli;

import dev.promptrunner.app.Foreseen;
import dev.promptrunner.base.Dollars;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.TextTable;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an exploration will do, in words and as a table. */
final class ForeseenText {
  private ForeseenText() {}

  /** One line: how many, how many already, how long, how much. */
  static String headline(Foreseen foreseen) {
    Exploration exploration = foreseen.exploration();
    String noun = exploration.kind() == Exploration.Kind.ITERATIONS ? "iteration" : "run";
    StringBuilder text = new StringBuilder();
    text.append(exploration.folder()).append(": ");
    text.append(Spoken.count(exploration.runs().size(), noun));
    add(text, count(foreseen, Foreseen.State.DONE), "done already");
    add(text, count(foreseen, Foreseen.State.SAME), "the same as another");
    add(text, count(foreseen, Foreseen.State.FAILED), "failed before");
    add(text, count(foreseen, Foreseen.State.LEFT_OUT), "left out");
    text.append(", ").append(foreseen.renders()).append(" to render");
    text.append(" on ").append(Spoken.count(foreseen.servers(), "server"));
    if (foreseen.renders() > 0) {
      text.append(expected(foreseen));
    }
    return text.toString();
  }

  private static long count(Foreseen foreseen, Foreseen.State state) {
    return foreseen.runs().stream().filter(line -> line.state() == state).count();
  }

  private static void add(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String expected(Foreseen foreseen) {
    if (foreseen.expected().isEmpty()) {
      return "; how long is not known: this workflow was not run here before";
    }
    String time = ", about " + Spoken.time(foreseen.expected().get());
    Optional<Double> dollars = foreseen.dollars();
    return dollars.isPresent() ? time + " and " + Dollars.text(dollars.get()) : time;
  }

  /** A line for each run with all that it sets. */
  static String table(Foreseen foreseen) {
    List<String> parameters = foreseen.exploration().set().stream().map(Parameter::name).toList();
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("run", "state"));
    head.addAll(parameters);
    table.row(head);
    for (Foreseen.Line line : foreseen.runs()) {
      table.row(row(line, parameters));
    }
    return table.toString();
  }

  private static List<String> row(Foreseen.Line line, List<String> parameters) {
    Run run = line.run();
    List<String> cells = new ArrayList<>();
    cells.add(line.folder());
    cells.add(line.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    for (String parameter : parameters) {
      JsonNode value = run.values().get(parameter);
      String file =
          Optional.ofNullable(run.files().get(parameter))
              .map(path -> String.valueOf(path.getFileName()))
              .orElse("");
      cells.add(value == null ? file : value.isString() ? value.stringValue() : value.toString());
    }
    return cells;
  }
}
