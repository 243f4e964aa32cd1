package dev.promptrunner.cli.console;

import static dev.promptrunner.cli.console.Story.JUMP;
import static dev.promptrunner.cli.console.Story.WALK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static String summary(Optional<String> deliver, RunEvent... events) {
    RunView run = new RunView();
    for (RunEvent event : events) {
      run.on(event);
    }
    ConsoleSettings settings =
        new ConsoleSettings(
            Path.of("out"),
            deliver,
            Style.PLAIN,
            Style.PLAIN,
            ZoneOffset.UTC,
            InstantSource.fixed(Story.START));
    return new Summary(settings).text(run);
  }

  @Test
  void says_that_delivery_was_not_asked_for() {
    String text =
        summary(
            Optional.empty(),
            Story.started("comfyui", 1),
            Story.work(0, WALK, 16),
            Story.workDone(9, WALK, "walk"),
            Story.finished(9, 1, 0, 0));
    assertThat(text)
        .isEqualTo(
            """

            done     walk_3f2a91c0 in 9.0 s
                     video        out/final/walk_final.mp4
                     delivered    no: not asked for (--deliver URI)
            1 of 1 prompt file done in 9.0 s.
            """);
  }

  @Test
  void says_why_delivery_failed_and_how_to_go_on() {
    String text =
        summary(
            Optional.of("gs://films"),
            Story.started("comfyui", 1),
            Story.work(0, WALK, 15),
            Story.begun(1, WALK, "deliver", "DELIVER"),
            new RunEvent.JobFailed(
                Story.at(2),
                Story.job(WALK, "deliver"),
                "Rejected",
                "403 for bucket films",
                "grant storage.objects.create",
                false),
            Story.workDone(9, WALK, "walk"),
            Story.finished(9, 1, 0, 5));
    assertThat(text)
        .contains(
            "delivered    no: 403 for bucket films — grant storage.objects.create\n",
            "To go on, give the same command again");
  }

  @Test
  void a_cancelled_run_shows_how_far_each_prompt_file_came() {
    String text =
        summary(
            Optional.of("gs://films"),
            Story.started("comfyui", 3),
            Story.work(0, WALK, 5),
            new RunEvent.VideoReady(
                Story.at(3), WALK, "combined/walk/walk_combined_001.mp4", 100, false),
            Story.work(4, JUMP, 0),
            Story.finished(9, 0, 0, 130));
    assertThat(text)
        .contains(
            "not done walk_3f2a91c0 after 5 of 16 jobs\n",
            "video so far out/combined/walk/walk_combined_001.mp4, 100 frames\n",
            "not done jump_00aa11bb after 0 of 16 jobs\n",
            "0 of 3 prompt files done in 9.0 s.\nTo go on,")
        .doesNotContain("SIMULATOR");
  }

  private static RunEvent spent(String work, int gpu, int idle, int video, double dollars) {
    return new RunEvent.Spent(
        Story.at(8),
        work,
        java.time.Duration.ofSeconds(gpu),
        java.time.Duration.ofSeconds(idle),
        java.time.Duration.ofSeconds(video),
        dollars);
  }

  @Test
  void tells_what_was_spent_by_prompt_file_and_in_all() {
    String text =
        summary(
            Optional.empty(),
            Story.started("comfyui", 2),
            Story.work(0, WALK, 0),
            spent(WALK, 3600, 0, 30, 0.69),
            Story.workDone(9, WALK, "walk"),
            Story.work(0, JUMP, 0),
            spent(JUMP, 600, 0, 0, 0.115),
            Story.workFailed(9, JUMP),
            spent("", 4200, 1050, 30, 1.01),
            Story.finished(9, 1, 1, 1));
    assertThat(text)
        .contains(
            "spent        1h 00m of GPU, $0.69, $0.0230 per second of video\n",
            "spent        10m 00s of GPU, $0.12\n",
            "Spent: 1h 10m of GPU, idle 20 % of the time, $1.01, $1.01 per prompt file, $0.0337 per"
                + " second of video.\n1 of 2 prompt files done");
  }

  @Test
  void tells_no_money_without_a_price_and_nothing_when_nothing_was_rendered() {
    String text =
        summary(
            Optional.empty(),
            Story.started("comfyui", 1),
            Story.work(0, WALK, 0),
            spent(WALK, 5, 0, 30, 0),
            Story.workDone(9, WALK, "walk"),
            spent("", 5, 5, 30, 0),
            Story.finished(9, 1, 0, 0));
    String nothing =
        summary(
            Optional.empty(),
            Story.started("comfyui", 1),
            spent("", 0, 5, 0, 0.01),
            Story.finished(9, 0, 0, 0));

    assertThat(text)
        .contains("spent        5.0 s of GPU\n", "Spent: 5.0 s of GPU, idle 50 % of the time.\n")
        .doesNotContain("$");
    assertThat(nothing).doesNotContain("Spent");
  }
}
