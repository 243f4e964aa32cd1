package dev.promptrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.EventJson;
import dev.promptrunner.event.RunEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JsonConsoleTest {
  @Test
  void writes_one_event_a_line_and_nothing_else_to_standard_output() {
    Capture out = new Capture();
    Capture err = new Capture();
    try (JsonConsole console =
        new JsonConsole(event -> "{" + event.type() + "}", err.stream(), out.stream())) {
      console.line("deaf\nsocket");
      Story.everything().forEach(console::on);
    }
    assertThat(out.text().lines())
        .startsWith("{run_started}", "{work_started}")
        .endsWith("{pod_stopped}", "{run_finished}")
        .contains("{job_failed}", "{video_ready}", "{delivered}");
    assertThat(out.text()).doesNotContain("deaf", "SIMULATOR");
    assertThat(err.text()).isEqualTo("deaf | socket\n");
  }

  @Test
  void every_line_can_be_read_back_as_its_event() {
    Capture out = new Capture();
    Console.Ways ways = new Console.Ways(new ScreenOf(80, 24), out.stream(), out.stream());
    try (Console console = Console.open(ConsoleForm.JSON, PlainConsoleTest.SETTINGS, ways)) {
      Story.everything().forEach(console::on);
    }
    assertThat(out.text().lines().map(EventJson::read).flatMap(Optional::stream))
        .containsExactlyElementsOf(Story.everything());
  }

  @Test
  void every_event_arrives_in_its_order_when_the_reader_keeps_up() {
    Capture out = new Capture();
    StringBuilder expected = new StringBuilder();
    try (JsonConsole console = new JsonConsole(RunEvent::toString, out.stream(), out.stream())) {
      for (int n = 0; n < 5_000; n++) {
        RunEvent event = new RunEvent.Warning(Story.START, "n" + n, "news");
        expected.append(event).append('\n');
        console.on(event);
      }
    }
    assertThat(out.text()).isEqualTo(expected.toString());
  }

  @Test
  void a_reader_that_fell_behind_is_told_how_much_it_missed() {
    Lines lines = new Lines(2);
    lines.add("1");
    lines.add("2");
    lines.add("3");
    assertThat(lines.take("skipped %d"::formatted)).containsExactly("skipped 1", "2", "3");
    assertThat(lines.take("skipped %d"::formatted)).isEmpty();
  }
}
