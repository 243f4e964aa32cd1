package dev.promptrunner.cli.console;

import static dev.promptrunner.cli.console.Story.WALK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsTest {
  private final RunView run = new RunView();

  private List<String> lines(int seconds, int columns, int rows) {
    return new Bars(Style.PLAIN).lines(run, Story.at(seconds), new Terminal.Size(columns, rows));
  }

  private void works(int number) {
    run.on(Story.started("comfyui", number));
    for (int n = 1; n <= number; n++) {
      String work = "video%02d_3f2a91c0".formatted(n);
      run.on(Story.work(0, work, n % 4));
      if (n % 2 == 0) {
        run.on(Story.begun(0, work, "job_001", "HIGH"));
      }
    }
  }

  @Test
  void shows_step_rate_and_time_left_by_jobs_of_the_same_kind() {
    run.on(Story.started("comfyui", 1));
    run.on(Story.work(0, WALK, 0));
    run.on(Story.done(60, WALK, "job_001", "HIGH", 60, 0));
    run.on(Story.done(100, WALK, "job_002", "LOW", 40, 101));
    run.on(Story.begun(100, WALK, "job_003", "HIGH"));
    run.on(Story.step(110, WALK, "job_003", 2));
    // 50 s of HIGH are left, then 13 jobs of 50 s each on average.
    assertThat(lines(110, 100, 24))
        .containsExactly(
            "walk_3f2a91c0 ████░░░░░░░░░░░░░░░░░░░░░░░░░░  job 3/16  HIGH 2/8  11m 40s left  1.01"
                + " frames/s",
            "0 of 1 prompt file done, 0 failed, 0 waiting · 1m 50s so far");
  }

  @Test
  void counts_the_jobs_of_smaller_chunks_and_one_that_is_done_over_again_once() {
    run.on(Story.started("comfyui", 1));
    run.on(Story.work(0, WALK, 0));
    run.on(Story.done(60, WALK, "job_001", "HIGH", 60, 0));
    run.on(new RunEvent.Replanned(Story.at(70), WALK, 49, 36, "no memory"));
    run.on(Story.done(90, WALK, "job_001", "HIGH", 20, 0));

    assertThat(lines(90, 80, 24).getFirst()).contains("job 1/36");
  }

  @Test
  void shows_at_most_eight_bars_those_that_render_before_those_that_wait() {
    works(20);
    List<String> lines = lines(5, 100, 40);
    assertThat(lines).hasSize(9);
    assertThat(lines.subList(0, 8)).noneMatch(line -> line.contains("waiting"));
    assertThat(lines.getFirst()).startsWith("video02_3f2a91c0 ");
    assertThat(lines.getLast())
        .isEqualTo(
            "0 of 20 prompt files done, 0 failed, 0 waiting, 12 more at work · 5.0 s so far");
  }

  @Test
  void a_low_window_keeps_room_for_the_text_above() {
    works(20);
    assertThat(lines(5, 100, 6)).hasSize(4);
    assertThat(lines(5, 100, 2)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 20, 30, 40, 60, 80, 120, 300})
  void no_line_is_as_wide_as_the_window(int columns) {
    works(12);
    run.on(Story.work(0, "两个人在雨中走路_3f2a91c0", 2));
    run.on(Story.begun(0, "两个人在雨中走路_3f2a91c0", "job_003", "LOW"));
    assertThat(lines(5, columns, 40))
        .allSatisfy(line -> assertThat(Columns.of(line)).isLessThan(Math.max(columns, 1)));
  }

  @Test
  void a_narrow_window_keeps_name_and_job_and_gives_up_the_rest() {
    run.on(Story.started("comfyui", 1));
    run.on(Story.work(0, WALK, 8));
    run.on(Story.begun(0, WALK, "job_003", "LOW"));
    assertThat(lines(5, 40, 24).getFirst()).isEqualTo("walk_3f2a91c0 █████░░░░░  job 9/16  LOW");
    assertThat(lines(5, 30, 24).getFirst()).isEqualTo("walk_3f2… ████░░░░░  job 9/16");
    assertThat(lines(5, 12, 24).getFirst()).isEqualTo("walk_3f…");
  }

  @Test
  void there_are_no_bars_before_and_after_the_run() {
    assertThat(lines(0, 80, 24)).isEmpty();
    run.on(Story.started("comfyui", 1));
    run.on(Story.finished(5, 0, 0, 0));
    assertThat(lines(5, 80, 24)).isEmpty();
  }

  @Test
  void the_simulator_is_named_as_long_as_the_run_lasts() {
    run.on(Story.started("simulator", 1));
    assertThat(lines(1, 80, 24).getLast()).startsWith("SIMULATOR · 0 of 1 prompt file done");
  }
}
