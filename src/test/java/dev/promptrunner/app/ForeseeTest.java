package dev.promptrunner.app;

import static dev.promptrunner.app.Explorations.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.store.WorkState;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeseeTest {
  private static final Wish.Manner ONLY_FAILED =
      new Wish.Manner(true, false, false, Optional.empty(), false);

  @TempDir Path root;

  @Test
  void each_run_has_a_state_and_works_are_counted_once() throws Exception {
    Foreseen foreseen = foreseen(Wish.Manner.USUAL, 10, 20, 30, 10, 40, 40);
    assertThat(foreseen.runs())
        .map(Foreseen.Line::state)
        .containsExactly(
            Foreseen.State.DONE,
            Foreseen.State.FAILED,
            Foreseen.State.TO_RENDER,
            Foreseen.State.SAME,
            Foreseen.State.TO_RENDER,
            Foreseen.State.SAME);
    assertThat(foreseen.renders()).isEqualTo(3);
    assertThat(foreseen.runs())
        .map(Foreseen.Line::folder)
        .containsExactly("001", "002", "003", "004", "005", "006");
  }

  @Test
  void only_what_failed_is_rendered_when_that_is_asked_for() throws Exception {
    Foreseen foreseen = foreseen(ONLY_FAILED, 10, 20, 30, 20);
    assertThat(foreseen.runs())
        .map(Foreseen.Line::state)
        .containsExactly(
            Foreseen.State.LEFT_OUT,
            Foreseen.State.FAILED,
            Foreseen.State.LEFT_OUT,
            Foreseen.State.SAME);
    assertThat(foreseen.renders()).isEqualTo(1);
  }

  @Test
  void time_is_shared_by_the_servers_and_money_is_the_pods_for_that_time() throws Exception {
    Exploration exploration = sweep(1, 2, 3, 4, 5);
    about("sweeps/colours", "picture.json");
    PastTimes times = new PastTimes(root, Map.of(job("sweeps~colours~x"), Duration.ofMinutes(10)));
    Foreseen foreseen =
        new Foresee(
                exploration,
                new RunBook(exploration, Map.of()).runs(),
                Wish.Manner.USUAL,
                times,
                Map.of())
            .with(2, Optional.of(new BigDecimal("1.20")), List.of("a note"));
    assertThat(foreseen.each()).contains(Duration.ofMinutes(10));
    assertThat(foreseen.expected()).contains(Duration.ofMinutes(30));
    assertThat(foreseen.dollars().orElseThrow()).isCloseTo(0.60, within(1e-9));
    assertThat(foreseen.notes()).containsExactly("a note");
  }

  @Test
  void without_past_times_or_a_price_nothing_is_made_up() throws Exception {
    Foreseen foreseen = foreseen(Wish.Manner.USUAL, 1);
    assertThat(foreseen.expected()).isEmpty();
    assertThat(foreseen.dollars()).isEmpty();
  }

  @Test
  void times_are_the_median_over_all_explorations_of_the_same_workflow() throws Exception {
    about("sweeps/colours", "picture.json");
    about("iterations/picture", "/elsewhere/picture.json");
    about("sweeps/other", "video.json");
    Files.createDirectories(root.resolve("sweeps/empty"));
    Files.createDirectories(root.resolve("sweeps/broken"));
    Files.writeString(root.resolve("sweeps/broken/exploration.json"), "{\"workflow\": ");
    Map<JobId, Duration> took = new LinkedHashMap<>();
    took.put(job("sweeps~colours~001"), Duration.ofSeconds(9));
    took.put(job("sweeps~colours~002"), Duration.ofSeconds(1));
    took.put(job("iterations~picture~iter_001"), Duration.ofSeconds(3));
    took.put(job("sweeps~other~001"), Duration.ofSeconds(100));
    took.put(job("sweeps~colours2~001"), Duration.ofSeconds(200));
    took.put(job("sweeps~broken~001"), Duration.ofSeconds(300));
    took.put(job("picture"), Duration.ofSeconds(400));
    about("sweeps/colours-simulated", "picture.json\", \"simulated\": true, \"of\": \"");
    took.put(job("sweeps~colours-simulated~001"), Duration.ofMillis(1));

    assertThat(new PastTimes(root, took).of(sweep(1))).contains(Duration.ofSeconds(3));
    assertThat(new PastTimes(root, took).of(sweep(1).asSimulated())).contains(Duration.ofMillis(1));
    assertThat(new PastTimes(root, Map.of()).of(sweep(1))).isEmpty();
    assertThat(new PastTimes(root.resolve("none"), took).of(sweep(1))).isEmpty();
  }

  /** 10 is done, 20 failed, the others were never begun. */
  private Foreseen foreseen(Wish.Manner manner, int... colours) throws Exception {
    Exploration exploration = sweep(colours);
    List<NamedRun> runs = new RunBook(exploration, Map.of()).runs();
    Map<WorkKey, WorkState> states = new HashMap<>();
    for (int i = 0; i < colours.length; i++) {
      if (colours[i] <= 20) {
        states.put(
            runs.get(i).work().key(),
            colours[i] == 10
                ? WorkState.DONE
                : colours[i] == 20 ? WorkState.FAILED : WorkState.OPEN);
      }
    }
    return new Foresee(exploration, runs, manner, new PastTimes(root, Map.of()), states)
        .with(1, Optional.empty(), List.of());
  }

  private void about(String folder, String workflow) throws Exception {
    Files.createDirectories(root.resolve(folder));
    Files.writeString(
        root.resolve(folder).resolve("exploration.json"),
        "{\"workflow\": \"%s\"}".formatted(workflow));
  }

  private static JobId job(String name) {
    return new JobId(name + "_12345678/render");
  }
}
