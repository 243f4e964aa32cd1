package dev.promptrunner.e2e;

import static dev.promptrunner.testing.FakeProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.app.Stop;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.testing.FakeProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run on a pod that costs five dollars an hour, and whose second prompt file never ends. An hour
 * passes while it renders: the clock jumps once the first one is delivered.
 */
@Timeout(180)
class LimitsIT {
  private static final String GET = "GET /v2/pods/p1";
  private static final String ACTION = "POST /v2/pods/p1/action";
  private static final int FRAMES = 8;

  @TempDir Path folder;
  private FakeProvider provider;
  private Studio studio;
  private Path journal;

  @BeforeEach
  void aPod() throws Exception {
    provider =
        new FakeProvider()
            .on(
                GET,
                reply(200, "{\"id\":\"p1\",\"status\":\"RUNNING\",\"cost\":5}"),
                reply(200, "{\"id\":\"p1\",\"status\":\"EXITED\"}"))
            .on(ACTION, reply(200, "{}"));
    journal = folder.resolve("journal");
    studio =
        new Studio(folder)
            .set("engine", "simulator")
            .set("frames-per-chunk", FRAMES)
            .set("simulator.journal", journal)
            .set("after", "terminate")
            .set("comfyui.stall-after", "24h")
            .set("deliver", "file://" + folder.resolve("bucket"))
            .set("pod.runpod-url", provider.url())
            .variable("RUNPOD_POD_ID", "p1")
            .variable("RUNPOD_API_KEY", "key")
            .prompt("first", FRAMES, 20)
            .prompt("second", FRAMES, 20);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void at_the_end_of_the_budget_what_is_finished_is_delivered_and_the_pod_stopped()
      throws Exception {
    studio.set("budget", "5.00").set("simulator.faults", "hang@4");

    Studio.Run run = anHour();

    assertThat(run.exit()).isOne();
    List<RunEvent.LimitNear> told = run.of(RunEvent.LimitNear.class);
    assertThat(told).extracting(RunEvent.LimitNear::percent).containsExactly(80, 100);
    assertThat(told.getFirst().message())
        .matches("\\$4\\.\\d\\d of \\$5\\.00 at \\$5\\.00 an hour");
    assertThat(run.of(RunEvent.Delivered.class)).hasSize(1);
    assertThat(run.of(RunEvent.PodStopped.class)).hasSize(1);
    assertThat(provider.request(ACTION).getBody().utf8()).isEqualTo("{\"action\":\"stop\"}");
    assertThat(run.of(RunEvent.Warning.class))
        .extracting(RunEvent.Warning::message)
        .anyMatch(
            message ->
                message.matches(
                    ".*; not delivered: second_[0-9a-f]{8}; stopped instead of terminated, so that"
                        + " the disk stays"));
    assertNoJobBeganAfterTheLimit(run);
    assertCostIsTold(run);
    assertTheNextRunRendersOnlyTheRest();
  }

  private Studio.Run anHour() throws Exception {
    JumpingTime time = new JumpingTime();
    return studio.run(time, time, time);
  }

  /** Real time, but for two jumps; who watches the limits looks often. */
  private static final class JumpingTime implements InstantSource, Sleeper, RunListener {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return InstantSource.system().instant().plus(ahead);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      boolean limits = Thread.currentThread().getName().equals("limits");
      Sleeper.SYSTEM.sleep(limits ? Duration.ofMillis(200) : duration);
    }

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.Delivered) {
        ahead = Duration.ofMinutes(49);
      } else if (event instanceof RunEvent.LimitNear near && near.percent() == 80) {
        ahead = Duration.ofMinutes(60);
      }
    }
  }

  private static void assertNoJobBeganAfterTheLimit(Studio.Run run) {
    RunEvent end =
        run.events().stream()
            .filter(RunEvent.LimitNear.class::isInstance)
            .reduce((_, last) -> last)
            .orElseThrow();
    List<RunEvent> after = run.events().subList(run.events().indexOf(end), run.events().size());
    assertThat(after).noneMatch(RunEvent.JobStarted.class::isInstance);
  }

  private void assertCostIsTold(Studio.Run run) throws Exception {
    List<RunEvent.Spent> spent = run.of(RunEvent.Spent.class);
    assertThat(spent).hasSize(2);
    assertThat(spent.getFirst().work()).startsWith("first_");
    assertThat(spent.getFirst().dollars()).isPositive().isLessThan(spent.getLast().dollars());
    assertThat(spent.getLast().dollars()).isGreaterThan(4);
    JsonNode told = manifest("first").path("spent");
    assertThat(told.path("dollarsPerGpuHour").asDouble()).isEqualTo(5);
    assertThat(told.path("dollars").asDouble()).isPositive();
    assertThat(told.path("gpuSeconds").propertyNames()).containsExactly("COMBINE", "HIGH", "LOW");
  }

  private JsonNode manifest(String name) throws Exception {
    try (var archives = Files.list(folder.resolve("bucket"))) {
      Path archive =
          archives
              .filter(path -> path.getFileName().toString().startsWith(name + "_"))
              .findFirst()
              .orElseThrow();
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        return JsonMapper.shared()
            .readTree(zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes());
      }
    }
  }

  private void assertTheNextRunRendersOnlyTheRest() throws Exception {
    studio.set("simulator.faults", "").set("budget", "").set("after", "none");

    assertThat(studio.run().exit()).isZero();

    Renders renders = Renders.of(journal);
    renders.assertOnce("first", 1);
    renders.assertOnce("second", 1);
    assertThat(Studio.numbers(studio.finalVideo("second"))).isEqualTo(Studio.counted(FRAMES, 2));
  }

  @Test
  void a_deadline_ends_a_run_in_the_same_way() throws Exception {
    studio.set("deadline", "1h").set("simulator.faults", "hang@4");

    Studio.Run run = anHour();

    assertThat(run.exit()).isOne();
    assertThat(run.of(RunEvent.LimitNear.class))
        .extracting(RunEvent.LimitNear::limit)
        .containsExactly("deadline", "deadline");
    assertThat(run.of(RunEvent.Delivered.class)).hasSize(1);
    assertThat(run.of(RunEvent.PodStopped.class)).hasSize(1);
  }

  @Test
  void a_job_that_is_known_to_take_longer_than_what_is_left_is_not_begun() throws Exception {
    Files.delete(studio.prompts().resolve("second.txt"));
    studio.set("simulator.faults", "slow@1x3:3s").set("after", "none");
    assertThat(studio.run().exit()).isZero();
    studio.prompt("third", FRAMES, 21).set("simulator.faults", "").set("deadline", "2s");

    Studio.Run run = studio.run();

    assertThat(run.exit()).isOne();
    assertThat(Renders.of(journal).finished("third")).isEmpty();
    assertThat(run.of(RunEvent.LimitNear.class).getLast().message())
        .matches("(no further job fits into the deadline|the deadline of) .*");
  }

  @Test
  void limits_that_cannot_be_held_are_refused_at_once() {
    studio.set("budget", "5.00");
    provider.on(GET, reply(200, "{\"id\":\"p1\",\"status\":\"RUNNING\"}"));
    assertThatThrownBy(studio::run)
        .isInstanceOf(Stop.class)
        .hasMessageContaining(
            "budget: nobody says what this machine costs an hour (RunPod pod p1 is RUNNING), found"
                + " '5.00': set pod.price-per-hour, such as 0.69, or give a --deadline instead");

    studio.set("budget", "").set("deadline", "2020-01-01T08:00+01:00");
    assertThatThrownBy(studio::run)
        .isInstanceOf(Stop.class)
        .hasMessageContaining(
            "deadline: this moment has passed already, found '2020-01-01T07:00:00Z': name a later"
                + " one, a time of day (08:00), or a time from now (6h)");
  }
}
