package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What one file or one server does wrong ends no run and hangs none. */
@Timeout(60)
class SmallTroubleTest {
  @TempDir Path root;
  private final FakeServer server = new FakeServer("one");

  @Test
  void a_file_that_cannot_be_cleaned_away_is_a_warning() throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().label().startsWith("combined")) {
            latents().forEach(SmallTroubleTest::becomeFolder);
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(warnings(bench))
        .isNotEmpty()
        .allSatisfy(warning -> assertThat(warning).startsWith("cleaning up after walk_"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_file_that_cannot_be_read_proves_nothing_and_ends_nothing() throws Exception {
    Files.createSymbolicLink(root.resolve("latent"), Path.of("/proc/self/mem")); // its byte 0
    ArtifactRow artifact =
        new ArtifactRow(
            new JobId("walk_00000000/job_001"),
            "LATENT",
            "latent",
            Files.size(root.resolve("latent")),
            Digest.of("x"),
            0,
            false);

    try (Store store = Store.open(root, InstantSource.system(), 4711)) {
      assertThat(new Evidence(store, root).doubt(artifact).orElseThrow())
          .startsWith("latent cannot be read: ");
    }
  }

  @Test
  void a_defect_while_a_server_is_waited_for_gives_the_server_up_and_hangs_nothing()
      throws Exception {
    server.breakingWhenAwaited().script((_, _) -> lost());
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.SERVER_GONE);
    assertThat(warnings(bench))
        .containsExactly(
            "waiting for one: a defect of this program: java.lang.IllegalStateException: a field is"
                + " missing — it gets no further job; please report it with the log, and run"
                + " again");
  }

  @Test
  void a_watch_ends_when_the_only_server_of_a_pass_is_gone_and_its_jobs_wait() throws Exception {
    FakeServer rendering = new FakeServer("one", EnumSet.of(JobKind.HIGH, JobKind.LOW));
    FakeServer combining = new FakeServer("two", EnumSet.of(JobKind.COMBINE));
    combining.neverComingBack().script((_, _) -> lost());
    ExecutionBench bench = new ExecutionBench(root, rendering, combining);
    bench.watches = true;

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.SERVER_GONE);
    assertThat(warnings(bench))
        .last()
        .asString()
        .startsWith("jobs wait that none of the servers takes");
  }

  private static void lost() throws FailureException {
    throw new FailureException(
        new Failure.ServerLost("following", "connection refused", "start it again"));
  }

  private List<Path> latents() {
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> root.relativize(file).toString().contains("latent"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void becomeFolder(Path file) {
    try {
      Files.delete(file);
      Files.createDirectory(file);
      Files.writeString(file.resolve("inside"), "x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> warnings(ExecutionBench bench) {
    return bench.events.of(RunEvent.Warning.class).stream().map(RunEvent.Warning::message).toList();
  }

  private static PlanSettings hundred() {
    return settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, false);
  }
}
