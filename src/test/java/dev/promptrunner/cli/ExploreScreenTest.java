package dev.promptrunner.cli;

import static dev.promptrunner.app.Foreseen.State.DONE;
import static dev.promptrunner.app.Foreseen.State.LEFT_OUT;
import static dev.promptrunner.app.Foreseen.State.TO_RENDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.ExploreJob;
import dev.promptrunner.app.Foreseen;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.cli.console.Terminal;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultJson;
import dev.promptrunner.explore.sweep.Exploration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a user sees of an exploration. */
class ExploreScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-27T09:30:15Z");
  private static final Path FOLDER = Path.of("out/sweeps/colours");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StringBuilder drawn = new StringBuilder();

  @Test
  void each_run_that_ends_has_a_line_with_what_is_left() {
    ExploreScreen screen = screen(false);
    screen.foreseen(foreseen(DONE, TO_RENDER, TO_RENDER, TO_RENDER, LEFT_OUT));
    screen.ended(done("001"), true);
    screen.on(jobDone("002"));
    screen.ended(done("002"), false);
    screen.on(jobDone("003"));
    screen.ended(failed("003"), false);
    screen.on(jobDone("004"));
    screen.ended(done("004"), false);

    assertThat(err())
        .isEqualTo(
            """
            sweeps/colours: 5 runs, 1 done already, 1 left out, 3 to render on 2 servers; how long\
             is not known: this workflow was not run here before
            [1/4] 001 done before  cfg=3
            [2/4] 002 done in 1m 00s  cfg=3  about 1m 00s left
            [3/4] 003 FAILED OutOfMemory  cfg=3  about 30 s left
            [4/4] 004 done in 1m 00s  cfg=3
            """);
    assertThat(out()).isEmpty();
  }

  @Test
  void notes_come_before_the_headline_and_the_simulator_never_passes_for_real() {
    ExploreScreen screen = screen(false);
    screen.foreseen(Colours.noted(foreseen(DONE), "node 3 is node 13 now"));
    screen.on(new RunEvent.RunStarted(NOW, RunId.of(NOW, 1), "simulator", 0, 1));
    assertThat(err().lines())
        .containsExactly(
            "note: node 3 is node 13 now",
            "sweeps/colours: 1 run, 1 done already, 0 to render on 2 servers",
            "SIMULATOR: nothing here is rendered by a model");
  }

  @Test
  void failures_are_told_once_at_the_end_with_what_to_do() {
    ExploreScreen screen = screen(false);
    screen.foreseen(foreseen(TO_RENDER, TO_RENDER));
    screen.ended(failed("001"), false);
    screen.ended(done("002"), false);
    screen.end(
        new ExploreJob.Ending(1, List.of(failed("001"), done("002")), FOLDER),
        Exploration.Kind.SWEEP);
    assertThat(out())
        .isEqualTo(
            """

            failed 001
              found  no memory
              do     render fewer frames

            1 of 2 runs done, 1 failed: out/sweeps/colours
            Look at them with: prompt-runner contact-sheet out/sweeps/colours
            To go on, give the same command again: what is done is not done twice.
            """);
    assertThat(err().lines().filter(line -> line.contains("no memory"))).isEmpty();
  }

  @Test
  void an_end_without_failures_only_tells_where_the_results_are() {
    ExploreScreen screen = screen(false);
    screen.foreseen(foreseen(TO_RENDER));
    screen.ended(done("001"), false);
    screen.end(new ExploreJob.Ending(0, List.of(done("001")), FOLDER), Exploration.Kind.ITERATIONS);
    assertThat(out())
        .isEqualTo(
            """

            1 of 1 iteration done: out/sweeps/colours
            Look at them with: prompt-runner contact-sheet out/sweeps/colours
            """);
  }

  @Test
  void nothing_done_is_nothing_to_look_at() {
    ExploreScreen screen = screen(false);
    screen.end(
        new ExploreJob.Ending(130, List.of(open("001"), open("002")), FOLDER),
        Exploration.Kind.SWEEP);
    assertThat(out())
        .isEqualTo(
            """

            0 of 2 runs done: out/sweeps/colours
            To go on, give the same command again: what is done is not done twice.
            """);
  }

  @Test
  void for_a_program_there_is_a_line_of_json_for_each_run_and_nothing_else() {
    ExploreScreen screen = screen(true);
    screen.foreseen(foreseen(TO_RENDER, TO_RENDER));
    screen.ended(done("001"), false);
    screen.ended(failed("002"), false);
    screen.end(
        new ExploreJob.Ending(1, List.of(done("001"), failed("002")), FOLDER),
        Exploration.Kind.SWEEP);
    assertThat(out().lines().map(ResultJson::read)).containsExactly(done("001"), failed("002"));
    assertThat(err()).startsWith("sweeps/colours: 2 runs");
  }

  @Test
  void on_a_terminal_the_step_of_what_is_rendered_is_shown_and_taken_away() {
    ExploreScreen screen = screen(false);
    screen.on(new RunEvent.JobProgress(NOW, job("sweeps~colours~007"), "KSampler", 3, 20));
    screen.on(new RunEvent.JobProgress(NOW, job("shots~takes~a_fox~007"), "KSampler", 4, 20));
    screen.ended(done("001"), false);
    assertThat(drawn)
        .hasToString("\r\u001b[K007: step 3 of 20\r\u001b[Ka_fox/007: step 4 of 20\r\u001b[K");
  }

  @Test
  void trouble_on_the_way_is_told_in_one_line() {
    ExploreScreen screen = screen(false);
    screen.on(
        new RunEvent.JobFailed(
            NOW, job("sweeps~colours~007"), "OutOfMemory", "no\nmemory", "trying again", true));
    screen.on(
        new RunEvent.JobFailed(
            NOW, job("sweeps~colours~008"), "OutOfMemory", "told at the end", "", false));
    screen.on(new RunEvent.Warning(NOW, "disk", "little room"));
    assertThat(err().lines())
        .hasSize(2)
        .first()
        .isEqualTo("007: OutOfMemory, trying again: no | memory");
    assertThat(err()).contains("little room").doesNotContain("told at the end");
  }

  @Test
  void of_many_values_the_first_few_are_shown_each_cut() {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    parameters.put("text", JsonNodeFactory.instance.stringNode("a red fox\nruns through the snow"));
    for (String name : List.of("a", "b", "c", "d", "e")) {
      parameters.put(name, JsonNodeFactory.instance.numberNode(1));
    }
    assertThat(ExploreScreen.values(parameters))
        .isEqualTo("text=a red fox | runs throug… a=1 b=1 c=1 and 2 more");
    assertThat(ExploreScreen.values(Map.of())).isEmpty();
  }

  private ExploreScreen screen(boolean json) {
    Terminal terminal =
        new Terminal() {
          @Override
          public Size size() {
            return new Size(80, 24);
          }

          @Override
          public void write(String text) {
            drawn.append(text);
          }
        };
    Streams streams = new Streams(stream(out), stream(err), Optional::empty);
    return new ExploreScreen(
        streams, Style.PLAIN, json, new StatusLine(Optional.of(terminal)), _ -> true);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Foreseen foreseen(Foreseen.State... states) {
    return Colours.foreseen(Exploration.Kind.SWEEP, states);
  }

  private static RunEvent jobDone(String run) {
    return new RunEvent.JobDone(
        NOW, job("sweeps~colours~" + run), "GENERATE", Duration.ofMinutes(1), 0);
  }

  private static JobId job(String name) {
    return new JobId(name + "_3f2a91c0/render");
  }

  private static Result done(String run) {
    return result(run, Result.State.DONE, Optional.of(Duration.ofMinutes(1)), Optional.empty());
  }

  private static Result open(String run) {
    return result(run, Result.State.OPEN, Optional.empty(), Optional.empty());
  }

  private static Result failed(String run) {
    return result(
        run,
        Result.State.FAILED,
        Optional.empty(),
        Optional.of(new Result.Why("OutOfMemory", "no memory", "render fewer frames")));
  }

  private static Result result(
      String run, Result.State state, Optional<Duration> took, Optional<Result.Why> why) {
    return new Result(
        run,
        1,
        1,
        "",
        state,
        Map.of("cfg", JsonNodeFactory.instance.numberNode(3)),
        List.of(),
        List.of(),
        took,
        why,
        "abc");
  }
}
