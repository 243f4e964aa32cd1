package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.doctor.Area;
import dev.promptrunner.app.doctor.Finding;
import dev.promptrunner.app.doctor.Level;
import dev.promptrunner.app.doctor.Report;
import dev.promptrunner.cli.console.Columns;
import dev.promptrunner.cli.console.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTableTest {
  private static final Report REPORT =
      new Report(
          List.of(
              new Finding(Area.SERVER, "worker", Level.PROBLEM, "it is\ndead", "restart it"),
              new Finding(Area.MACHINE, "Java", Level.OK, "25", ""),
              new Finding(Area.MACHINE, "memory", Level.WARNING, "little", "take more")));

  @Test
  void findings_are_grouped_and_aligned_and_counted() {
    assertThat(new DoctorTable(Style.PLAIN).text(REPORT))
        .isEqualTo(
            """
            machine
              ok       Java    25
              warning  memory  little
                               → take more
            server
              problem  worker  it is | dead
                               → restart it
            1 problem, 1 warning, 1 ok
            """);
  }

  @Test
  void long_texts_are_wrapped_at_100_columns() {
    String words = "a word and another ".repeat(20).strip();
    Report report =
        new Report(List.of(new Finding(Area.POD, "a name", Level.PROBLEM, words, words)));
    String text = new DoctorTable(Style.PLAIN).text(report);
    assertThat(text.lines()).allMatch(line -> Columns.of(line) <= 100).hasSizeGreaterThan(9);
    assertThat(text.lines().filter(line -> line.contains("→"))).hasSize(1);
    assertThat(text.replaceAll("[\\s→]+", " ")).contains(words + " " + words);
  }

  @Test
  void colours_add_to_the_words_and_say_nothing_alone() {
    String text = new DoctorTable(new Style(true)).text(REPORT);
    assertThat(text)
        .contains("\u001b[32mok       \u001b[0m", "\u001b[33mwarning  ", "\u001b[31mproblem  ");
    assertThat(text.replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(new DoctorTable(Style.PLAIN).text(REPORT));
  }
}
