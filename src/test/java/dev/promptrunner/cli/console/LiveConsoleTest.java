package dev.promptrunner.cli.console;

import static dev.promptrunner.cli.console.Story.JUMP;
import static dev.promptrunner.cli.console.Story.WALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveConsoleTest {
  private final Capture out = new Capture();

  private static ConsoleSettings settings() {
    return new ConsoleSettings(
        Path.of("out"),
        Optional.empty(),
        new Style(true),
        Style.PLAIN,
        ZoneOffset.UTC,
        InstantSource.fixed(Story.at(20)));
  }

  private LiveConsole on(Terminal terminal) {
    return new LiveConsole(settings(), terminal, out.stream());
  }

  @Test
  void shows_a_bar_for_each_prompt_file_in_work_under_what_has_ended() {
    ScreenOf screen = new ScreenOf(100, 24);
    try (LiveConsole console = on(screen)) {
      console.on(Story.started("comfyui", 3));
      console.on(Story.work(0, WALK, 3));
      console.on(Story.begun(0, WALK, "job_004", "LOW"));
      console.on(Story.step(10, WALK, "job_004", 4));
      console.on(Story.failed(11, JUMP, "job_001", true));
      await()
          .untilAsserted(
              () ->
                  assertThat(screen.text())
                      .isEqualTo(
                          """
                          run 20261121-093015-4711: started with engine comfyui, 3 prompt files, 48 jobs
                          ! jump_00aa11bb/job_001: failed (OutOfMemory), is tried again: 24.1 GB of 24.0 GB — give a smaller -
                          -size
                          walk_3f2a91c0 ██████░░░░░░░░░░░░░░░░░░░░░░░░  job 4/16  LOW 4/8
                          0 of 3 prompt files done, 0 failed, 2 waiting · 20 s so far\
                          """));
    }
  }

  @Test
  void clears_the_bars_and_gives_the_cursor_back_at_the_end() {
    ScreenOf screen = new ScreenOf(100, 24);
    try (LiveConsole console = on(screen)) {
      Story.everything().forEach(console::on);
      console.line("a warning of the log");
    }
    assertThat(screen.isRestored()).isTrue();
    assertThat(screen.text())
        .startsWith("run 2026")
        .contains(
            "\nSIMULATOR: these videos are not rendered by a model\n",
            "\n  walk_3f2a91c0/job_004: LOW done in 1m 00s, 101 frames (1.68 frames/s)\n",
            "\n✓ walk_3f2a91c0: final video final/walk_final.mp4, 500 frames\n",
            "\n! warning: disk: 12.0 GB left\n",
            "\n✗ jump_00aa11bb: stopped")
        .endsWith("! a warning of the log\n")
        .doesNotContain("█", "░", "so far · ");
    assertThat(out.text())
        .contains("SIMULATOR: these videos are not rendered by a model")
        .contains("1 of 2 prompt files done, 1 failed in 10m 23s.");
  }

  @Test
  void is_restored_also_when_the_run_ends_in_the_middle() {
    ScreenOf screen = new ScreenOf(60, 24);
    LiveConsole console = on(screen);
    console.on(Story.started("comfyui", 1));
    console.on(Story.work(0, WALK, 0));
    await().until(() -> screen.text().contains("░"));
    assertThat(screen.isRestored()).isFalse();
    console.close();
    console.close();
    assertThat(screen.isRestored()).isTrue();
    assertThat(screen.text()).doesNotContain("░");
    assertThat(out.text()).containsOnlyOnce("not done walk_3f2a91c0 after 0 of 16 jobs");
  }

  @Test
  void a_terminal_that_does_not_read_never_holds_up_the_run() {
    CountDownLatch stuck = new CountDownLatch(1);
    ScreenOf screen = new ScreenOf(200, 24);
    Terminal blocked =
        new Terminal() {
          @Override
          public Size size() {
            return screen.size();
          }

          @Override
          public void write(String text) {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            screen.write(text);
          }
        };
    try (LiveConsole console = on(blocked)) {
      console.on(Story.started("comfyui", 1));
      for (int n = 0; n < 20_000; n++) {
        console.on(new RunEvent.Warning(Story.START, "n" + n, "news"));
      }
      stuck.countDown();
    }
    assertThat(screen.text()).contains("lines were not shown\n", "warning: n19999: news\n");
  }
}
