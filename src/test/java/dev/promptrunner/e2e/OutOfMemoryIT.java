package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A GPU that is too small for the chunks that were asked for, from the third job on. */
@Timeout(300)
class OutOfMemoryIT {
  /** Five chunks of 40 frames: ten jobs that render. */
  private static final int FRAMES = 200;

  @TempDir Path folder;

  @Test
  void memory_runs_out_at_the_third_of_ten_jobs_and_the_video_is_finished_in_smaller_chunks()
      throws Exception {
    Studio studio = studio("oom>33@3");

    Studio.Run run = studio.run(_ -> {});

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 1));
    assertThat(run.of(RunEvent.JobFailed.class))
        .allSatisfy(failed -> assertThat(failed.job().label()).isEqualTo("job_003"))
        .extracting(
            failed -> failed.failure() + " " + failed.remedy().replaceAll("[0-9.]+ s.*", "…"))
        .satisfies(
            ladder -> {
              assertThat(ladder).hasSize(3);
              assertThat(ladder.get(2)).startsWith("OutOfMemory in smaller chunks");
            });
    assertThat(run.of(RunEvent.Replanned.class))
        .singleElement()
        .satisfies(anew -> assertThat(anew.framesPerChunk()).isEqualTo(33));
    assertThat(run.of(RunEvent.JobDone.class))
        .filteredOn(done -> done.job().label().equals("job_001"))
        .hasSize(1);
  }

  @Test
  void one_lack_of_memory_costs_one_more_try() throws Exception {
    Studio studio = studio("oom@3");

    Studio.Run run = studio.run(_ -> {});

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 1));
    assertThat(run.of(RunEvent.JobFailed.class)).hasSize(1);
    assertThat(run.of(RunEvent.Replanned.class)).isEmpty();
  }

  @Test
  void the_next_run_goes_on_with_the_smaller_chunks() throws Exception {
    Studio studio = studio("oom>33@3,500@8x99");
    assertThat(studio.run(_ -> {}).exit()).isEqualTo(1);
    studio.set("simulator.faults", "");

    Studio.Run run = studio.run(_ -> {});

    assertThat(run.exit()).isZero();
    assertThat(run.of(RunEvent.Replanned.class)).isEmpty();
    assertThat(run.of(RunEvent.WorkStarted.class))
        .singleElement()
        .satisfies(started -> assertThat(started.reused()).isPositive());
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 1));
  }

  @Test
  void the_ladder_can_be_read_in_the_log() throws Exception {
    Studio studio = studio("oom>33@3");
    try (Child child = Child.start(folder.resolve("logs"), studio.environment(), "run")) {
      assertThat(child.exit()).as(child.err()).isZero();
    }
    List<String> ladder =
        Files.readAllLines(studio.output().resolve("logs/prompt-runner.log")).stream()
            .filter(line -> line.contains("OutOfMemory"))
            .map(line -> line.replaceAll(".*events: ", "").replaceAll("_[0-9a-f]{8}", "_KEY"))
            .map(line -> line.replaceAll("after [0-9.]+ s", "after SOME s"))
            .toList();

    assertThat(ladder)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("walk_KEY/job_003: failed (OutOfMemory), is tried again: ")
                    .contains("after SOME s, when its server has freed its models and caches"),
            line -> assertThat(line).contains("after SOME s, when its server was started anew"),
            line -> assertThat(line).contains("in smaller chunks; if it fails again"),
            line ->
                assertThat(line)
                    .startsWith("walk_KEY: what is left is rendered in chunks of 33 frames: "));
  }

  private Studio studio(String faults) throws Exception {
    return new Studio(folder)
        .set("engine", "simulator")
        .set("simulator.faults", faults)
        .set("frames-per-chunk", FRAMES / 5)
        .set("combine", "copy")
        .prompt("walk", FRAMES, FRAMES + 4);
  }
}
