package dev.promptrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final Screen screen = new Screen();
  private final ScreenOf terminal = new ScreenOf(20, 10);

  private void draw(List<String> scrolled, String... bars) {
    terminal.write(screen.frame(scrolled, List.of(bars), terminal.size().columns()));
  }

  @Test
  void bars_are_overwritten_in_place() {
    draw(List.of(), "walk 1/8", "jump 7/16");
    draw(List.of(), "walk 2/8", "jump 8/16");
    assertThat(terminal.text()).isEqualTo("walk 2/8\njump 8/16");
  }

  @Test
  void lines_scroll_above_the_bars_and_may_be_longer_than_the_window() {
    draw(List.of("one"), "walk 1/8", "jump 7/16");
    draw(List.of("a line that is longer than the window", "two"), "walk 2/8", "jump 7/16");
    assertThat(terminal.text())
        .isEqualTo("one\na line that is longe\nr than the window\ntwo\nwalk 2/8\njump 7/16");
  }

  @Test
  void fewer_and_shorter_bars_leave_nothing_behind() {
    draw(List.of(), "a long first bar", "second", "third");
    draw(List.of(), "short");
    assertThat(terminal.text()).isEqualTo("short");
  }

  @Test
  void a_window_that_became_narrower_is_cleaned() {
    draw(List.of("kept"), "walk ███░░░ 1/8", "jump ███░░░ 7/16");
    terminal.resize(9);
    draw(List.of(), "walk 1/8", "jump 7/1");
    assertThat(terminal.text()).isEqualTo("kept\nwalk 1/8\njump 7/1");
  }

  @Test
  void a_window_that_became_wider_is_cleaned() {
    draw(List.of("kept"), "walk 1/8");
    terminal.resize(40);
    draw(List.of(), "walk ███████████░░░░░░░░ 2/8");
    assertThat(terminal.text()).isEqualTo("kept\nwalk ███████████░░░░░░░░ 2/8");
  }

  @Test
  void writes_nothing_when_nothing_changed() {
    draw(List.of(), "walk 1/8");
    assertThat(screen.frame(List.of(), List.of("walk 1/8"), 20)).isEmpty();
  }

  @Test
  void without_bars_the_cursor_is_given_back() {
    draw(List.of(), "walk 1/8");
    assertThat(terminal.isRestored()).isFalse();
    draw(List.of());
    assertThat(terminal.isRestored()).isTrue();
    assertThat(terminal.text()).isEmpty();
  }
}
