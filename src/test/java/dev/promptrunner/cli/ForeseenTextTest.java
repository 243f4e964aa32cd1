package dev.promptrunner.cli;

import static dev.promptrunner.app.Foreseen.State.DONE;
import static dev.promptrunner.app.Foreseen.State.FAILED;
import static dev.promptrunner.app.Foreseen.State.LEFT_OUT;
import static dev.promptrunner.app.Foreseen.State.SAME;
import static dev.promptrunner.app.Foreseen.State.TO_RENDER;
import static dev.promptrunner.cli.Colours.foreseen;
import static dev.promptrunner.cli.Colours.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.Foreseen;
import dev.promptrunner.explore.sweep.Exploration.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeseenTextTest {
  @Test
  void a_headline_tells_how_many_and_that_the_time_is_not_known() {
    assertThat(ForeseenText.headline(foreseen(Kind.SWEEP, TO_RENDER, TO_RENDER)))
        .isEqualTo(
            "sweeps/colours: 2 runs, 2 to render on 2 servers; how long is not known: this workflow"
                + " was not run here before");
  }

  @Test
  void a_headline_tells_every_state_that_there_is() {
    Foreseen all =
        foreseen(Kind.SHOTS, DONE, DONE, SAME, FAILED, LEFT_OUT, TO_RENDER, TO_RENDER, TO_RENDER);
    assertThat(ForeseenText.headline(timed(all, Duration.ofMinutes(10), Optional.empty())))
        .isEqualTo(
            "shots/colours: 8 runs, 2 done already, 1 the same as another, 1 failed before, 1 left"
                + " out, 4 to render on 2 servers, about 20m 00s");
  }

  @Test
  void a_headline_tells_what_it_costs_when_the_price_is_known() {
    Foreseen two = foreseen(Kind.ITERATIONS, TO_RENDER, TO_RENDER);
    assertThat(
            ForeseenText.headline(
                timed(two, Duration.ofHours(1), Optional.of(new BigDecimal("2.49")))))
        .isEqualTo(
            "iterations/colours: 2 iterations, 2 to render on 2 servers, about 1h 00m and $2.49");
  }

  @Test
  void nothing_to_render_takes_no_time() {
    Foreseen done = foreseen(Kind.ITERATIONS, DONE);
    assertThat(ForeseenText.headline(timed(done, Duration.ofHours(1), Optional.empty())))
        .isEqualTo("iterations/colours: 1 iteration, 1 done already, 0 to render on 2 servers");
  }

  @Test
  void a_table_has_a_line_for_each_run_with_all_that_it_sets() {
    assertThat(ForeseenText.table(foreseen(Kind.SWEEP, DONE, TO_RENDER, LEFT_OUT)))
        .isEqualTo(
            """
            run  state      %s  %s
            001  done       1
            002  to render  2
            003  left out   3%s  first.png
            """
                .formatted(
                    Colours.COLOR,
                    Colours.IMAGE,
                    " ".repeat(Math.max(0, Colours.COLOR.length() - 1))));
  }
}
