package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.cli.console.Terminal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final StringBuilder written = new StringBuilder();
  private final StatusLine line = new StatusLine(Optional.of(terminal(11)));

  @Test
  void a_text_is_written_over_and_taken_away() {
    line.show("step 1");
    line.show("step 2");
    line.clear();
    line.clear();
    assertThat(written).hasToString("\r\u001b[Kstep 1\r\u001b[Kstep 2\r\u001b[K");
  }

  /** A line that wraps could not be taken away. */
  @Test
  void a_text_is_cut_to_the_columns_that_it_takes() {
    line.show("0123456789abc");
    line.show("色调艳丽过曝");
    line.show("two\nlines");
    assertThat(written).hasToString("\r\u001b[K012345678…\r\u001b[K色调艳丽…\r\u001b[Ktwo | lin…");
  }

  @Test
  void without_a_terminal_nothing_is_written() {
    StatusLine none = new StatusLine(Optional.empty());
    none.show("step 1");
    none.clear();
    assertThat(written).isEmpty();
  }

  @Test
  void a_bar_fills_with_what_is_done() {
    assertThat(LookingBar.text(0, 4))
        .isEqualTo("looking at results [" + " ".repeat(30) + "] 0 of 4");
    assertThat(LookingBar.text(2, 4))
        .isEqualTo("looking at results [" + "█".repeat(15) + " ".repeat(15) + "] 2 of 4");
    assertThat(LookingBar.text(4, 4))
        .isEqualTo("looking at results [" + "█".repeat(30) + "] 4 of 4");
    assertThat(LookingBar.text(0, 0)).endsWith("] 0 of 0");
    assertThat(LookingBar.text(2_000_000_000, 2_000_000_000)).contains("█".repeat(30) + "]");
  }

  private Terminal terminal(int columns) {
    return new Terminal() {
      @Override
      public Size size() {
        return new Size(columns, 24);
      }

      @Override
      public void write(String text) {
        written.append(text);
      }
    };
  }
}
