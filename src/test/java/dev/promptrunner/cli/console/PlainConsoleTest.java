package dev.promptrunner.cli.console;

import static dev.promptrunner.cli.console.Story.WALK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlainConsoleTest {
  static final ConsoleSettings SETTINGS =
      new ConsoleSettings(
          Path.of("out"),
          Optional.of("gs://films/night"),
          Style.PLAIN,
          Style.PLAIN,
          ZoneOffset.UTC,
          InstantSource.fixed(Story.at(20)));

  private final Capture err = new Capture();
  private final Capture out = new Capture();

  private void tell(List<RunEvent> events) {
    try (PlainConsole console = new PlainConsole(SETTINGS, err.stream(), out.stream())) {
      events.forEach(console::on);
    }
  }

  @Test
  void tells_every_event_in_a_line_with_its_time_and_id() {
    tell(Story.everything());
    assertThat(err.text())
        .isEqualTo(
            """
            2026-11-21 09:30:15 run 20261121-093015-4711: started with engine simulator, 2 prompt files, 32 jobs
            2026-11-21 09:30:15 SIMULATOR: these videos are not rendered by a model
            2026-11-21 09:30:16 walk_3f2a91c0: started, 500 frames, 16 jobs, 3 of them done before
            2026-11-21 09:30:17 walk_3f2a91c0/job_003: HIGH started on gpu0
            2026-11-21 09:30:28 walk_3f2a91c0/job_003: WanVideo Sampler 5 of 8
            2026-11-21 09:30:29 walk_3f2a91c0/job_003: failed (OutOfMemory), is tried again: 24.1 GB of 24.0 GB — give a smaller --size
            2026-11-21 09:30:30 walk_3f2a91c0/job_003: HIGH taken up again on gpu1, attempt 2
            2026-11-21 09:31:30 walk_3f2a91c0/job_003: HIGH done in 1m 00s
            2026-11-21 09:31:30 walk_3f2a91c0/job_004: LOW started on gpu0
            2026-11-21 09:32:30 walk_3f2a91c0/job_004: LOW done in 1m 00s, 101 frames (1.68 frames/s)
            2026-11-21 09:32:35 walk_3f2a91c0: video so far combined/walk/walk_combined_002.mp4, 200 frames
            2026-11-21 09:32:31 gpu1: is down: exit code 137 — it is started anew
            2026-11-21 09:32:33 gpu1: restarted after 2.0 s
            2026-11-21 09:32:34 walk_3f2a91c0: what is left is rendered in chunks of 50 frames: out of memory at 100 frames
            2026-11-21 09:32:35 paused: 1.2 GB free — free some space
            2026-11-21 09:32:35 going on: 5.0 GB free
            2026-11-21 09:32:35 budget: 80 % used: $4.00 of $5.00
            2026-11-21 09:32:35 the run: 2m 00s of GPU, idle 2.0 s for 8.0 s of video, $0.50
            2026-11-21 09:32:36 warning: disk: 12.0 GB left
            2026-11-21 09:40:15 walk_3f2a91c0: final video final/walk_final.mp4, 500 frames
            2026-11-21 09:40:25 walk_3f2a91c0: delivered to gs://films/night/walk_3f2a91c0.zip (512.3 MB)
            2026-11-21 09:40:26 walk_3f2a91c0: done in 10m 11s, final/walk_final.mp4
            2026-11-21 09:40:26 jump_00aa11bb: started, 500 frames, 16 jobs
            2026-11-21 09:40:35 jump_00aa11bb: stopped, the other prompt files go on: node 54 (WanVideoSampler): | value out of range — correct the recipe
            2026-11-21 09:40:36 pod p0d: asked to stop
            2026-11-21 09:40:37 pod p0d: its state is EXITED
            2026-11-21 09:40:38 run 20261121-093015-4711: finished in 10m 23s, 1 done, 1 not done, exit code 1
            """);
  }

  @Test
  void ends_with_a_summary_on_the_other_stream() {
    tell(Story.everything());
    assertThat(out.text())
        .isEqualTo(
            """

            SIMULATOR: these videos are not rendered by a model

            done     walk_3f2a91c0 in 10m 11s, 500 frames
                     video        out/final/walk_final.mp4
                     delivered    gs://films/night/walk_3f2a91c0.zip (512.3 MB, verified)
            failed   jump_00aa11bb after 0 of 16 jobs
                     found        node 54 (WanVideoSampler):
                                  value out of range
                     do           correct the recipe
            Spent: 2m 00s of GPU, idle 2 % of the time, $0.50, $0.0625 per second of video.
            1 of 2 prompt files done, 1 failed in 10m 23s.
            To go on, give the same command again: what is done is kept and not done twice.
            """);
  }

  @Test
  void tells_the_steps_of_a_job_at_most_every_ten_seconds() {
    List<RunEvent> events = new java.util.ArrayList<>();
    events.add(Story.begun(0, WALK, "job_001", "HIGH"));
    for (int second = 1; second <= 35; second++) {
      events.add(Story.step(second, WALK, "job_001", second % 8));
    }
    tell(events);
    assertThat(err.text().lines().map(line -> line.substring(11, 19)))
        .containsExactly("09:30:15", "09:30:25", "09:30:35", "09:30:45");
  }

  @Test
  void text_of_a_server_cannot_move_the_cursor() {
    tell(List.of(new RunEvent.Warning(Story.START, "gpu0", "bad\u001b[2J\r\n\tnews\u0007")));
    assertThat(err.text()).isEqualTo("2026-11-21 09:30:15 warning: gpu0: bad[2J | news\n");
  }

  @Test
  void a_terminal_that_does_not_read_never_holds_up_the_run() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    var blocked =
        new java.io.PrintStream(java.io.OutputStream.nullOutputStream()) {
          @Override
          public void print(String text) {
            writing.countDown();
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            err.stream().print(text);
          }
        };
    try (PlainConsole console = new PlainConsole(SETTINGS, blocked, out.stream())) {
      console.on(Story.started("comfyui", 1));
      assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
      for (int n = 0; n < 30_000; n++) {
        console.on(new RunEvent.Warning(Story.START, "n" + n, "news"));
      }
      stuck.countDown();
    }
    assertThat(err.text())
        .contains("(20000 lines were not shown)\n")
        .contains("warning: n29999: news\n")
        .doesNotContain("warning: n19999: news\n");
  }

  @Test
  void warnings_of_the_log_stand_among_the_events() {
    try (PlainConsole console = new PlainConsole(SETTINGS, err.stream(), out.stream())) {
      console.line("the socket of gpu0 is deaf");
    }
    assertThat(err.text()).isEqualTo("2026-11-21 09:30:35 the socket of gpu0 is deaf\n");
  }

  @Test
  void a_run_that_never_began_has_no_summary() {
    tell(List.of());
    assertThat(out.text()).isEmpty();
  }
}
