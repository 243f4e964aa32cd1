package dev.promptrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columns_are_as_wide_as_their_widest_cell_and_lines_have_no_blanks_at_their_end() {
    TextTable table = new TextTable();
    table.row(List.of("run", "state", "cfg"));
    table.row(List.of("001", "to render", "3"));
    table.row(List.of("a long name", "done", ""));
    assertThat(table)
        .hasToString(
            """
            run          state      cfg
            001          to render  3
            a long name  done
            """);
  }

  @Test
  void a_cell_is_one_line_without_control_characters() {
    TextTable table = new TextTable();
    table.row(List.of("prompt", "x"));
    table.row(List.of("a fox\nruns\u001b[31m", "y"));
    assertThat(table)
        .hasToString(
            """
            prompt            x
            a fox | runs[31m  y
            """);
  }

  @Test
  void a_wide_cell_is_cut_and_wide_letters_take_two_columns() {
    TextTable table = new TextTable(6);
    table.row(List.of("abcdefg", "x"));
    table.row(List.of("色调艳丽", "y"));
    table.row(List.of("色调", "z"));
    assertThat(table).hasToString("abcde…  x\n色调…   y\n色调    z\n");
  }
}
