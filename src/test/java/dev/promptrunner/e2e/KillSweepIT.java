package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/exploring.md, each a process of its own as a user starts it: from a workflow
 * to a contact sheet, with {@code kill -9} in the middle.
 */
class KillSweepIT {
  private static final Path WORKFLOW = Path.of("workflows/wan22-t2v.json").toAbsolutePath();

  @TempDir private Path folder;
  private Path journal = Path.of("");

  @Test
  @Timeout(180)
  void analyze_sweep_kill_resume_and_look_with_nothing_rendered_twice() throws Exception {
    journal = folder.resolve("journal");
    try (Simulator server = Simulator.start(bench())) {
      Path file = folder.resolve("wan.yaml");
      end("analyze", WORKFLOW.toString(), "--out", file.toString());
      fewSmall(file);
      List<String> sweep = new ArrayList<>(List.of("sweep", file.toString(), "--json"));
      sweep.addAll(List.of("--comfyui", server.url(), "--output", output().toString()));

      for (int done : List.of(2, 5)) {
        try (Child runner = start(sweep.toArray(String[]::new))) {
          Child.await(() -> lines(runner) >= done || !runner.isAlive());
          runner.kill();
        }
      }
      end(sweep.toArray(String[]::new));
      end("contact-sheet", output().resolve("sweeps/wan-simulated").toString());

      List<Result> results = ResultFolder.read(output().resolve("sweeps/wan-simulated")).results();
      assertThat(results).hasSize(10).extracting(Result::state).containsOnly(Result.State.DONE);
      for (Result result : results) {
        assertThat(output().resolve("sweeps/wan-simulated").resolve(result.files().getFirst()))
            .exists();
      }
      assertRenderedOnce(10);
      assertThat(server.counters().failed() + server.counters().interrupted()).isZero();
    }
    assertThat(Renders.halfFiles(output())).isEmpty();
    assertThat(output().resolve("sweeps/wan-simulated/contact-sheet.html")).isNotEmptyFile();
  }

  /** Each run's file is named by the run, and numbered by the node that saves it. */
  private void assertRenderedOnce(int runs) {
    Map<String, Integer> finished = new TreeMap<>();
    Renders.of(journal).lines().stream()
        .filter(line -> line.event().equals("success") && !line.outputs().isEmpty())
        .forEach(
            line -> {
              String file = line.outputs().getFirst();
              finished.merge(file.substring(file.lastIndexOf('/') + 1), 1, Integer::sum);
            });
    assertThat(finished).hasSize(runs).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  @Test
  @Timeout(120)
  void ctrl_c_finishes_what_is_rendered_and_a_second_one_leaves_a_clean_server() throws Exception {
    journal = folder.resolve("journal");
    try (Simulator server = Simulator.start(bench())) {
      String[] iterate = {
        "iterate",
        WORKFLOW.toString(),
        "-n",
        "50",
        "--json",
        "--set",
        "latent_length=5",
        "--comfyui",
        server.url(),
        "--output",
        output().toString()
      };
      try (Child runner = start(iterate)) {
        Child.await(() -> lines(runner) >= 2);
        runner.signal("INT");
        assertThat(runner.exit()).as(runner.err()).isEqualTo(130);
        assertThat(runner.err()).contains("finishing what is being rendered");
      }
      long finished = Renders.of(journal).count("success");
      assertThat(Renders.of(journal).count("started")).isEqualTo(finished);
      try (Child runner = start(iterate)) {
        Child.await(() -> Renders.of(journal).count("started") > finished + 1);
        runner.terminate();
        assertThat(runner.exit()).as(runner.err()).isEqualTo(130);
      }
      Child.await(() -> server.counters().interrupted() + done() == started());
      assertThat(results("iterations/wan22-t2v-simulated"))
          .filteredOn(result -> result.state() == Result.State.DONE)
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              result ->
                  assertThat(
                          output()
                              .resolve("iterations/wan22-t2v-simulated")
                              .resolve(result.files().getFirst()))
                      .exists());
    }
  }

  @Test
  @Timeout(120)
  void two_servers_share_the_runs_of_a_grid() throws Exception {
    journal = folder.resolve("journal");
    Path other = folder.resolve("other-journal");
    try (Simulator one = Simulator.start(bench());
        Simulator two =
            Simulator.start(
                SimulatorSettings.under(folder.resolve("other"))
                    .withTimes(Duration.ofMillis(20), Duration.ofMillis(50))
                    .withJournal(other))) {
      Path file = folder.resolve("grid.yaml");
      Files.writeString(
          file,
          "workflow: %s\nstrategy: grid\ntargets: [\"32\"]\nparameters:\n".formatted(WORKFLOW)
              + "  latent_length: {type: values, values: [5]}\n"
              + "  high_shift: {type: linear, min: 3, max: 6, step: 1}\n"
              + "  model_high_name: {type: values, values:"
              + " [wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors,"
              + " wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors]}\n");
      end(
          "sweep",
          file.toString(),
          "--comfyui",
          one.url(),
          "--comfyui",
          two.url(),
          "--output",
          output().toString());

      assertThat(results("sweeps/grid-simulated")).hasSize(8);
      assertThat(Renders.of(journal).count("success")).isPositive();
      assertThat(Renders.of(other).count("success")).isPositive();
      assertThat(Renders.of(journal).count("success") + Renders.of(other).count("success"))
          .isEqualTo(8);
    }
  }

  private SimulatorSettings bench() {
    return SimulatorSettings.under(folder.resolve("server"))
        .withTimes(Duration.ofMillis(40), Duration.ofMillis(50))
        .withJournal(journal);
  }

  /** Five samples with two seeds each, of small pictures. */
  private static void fewSmall(Path file) throws Exception {
    String text =
        Files.readString(file)
            .replaceFirst("num_samples: 8", "num_samples: 5")
            .replaceFirst("seeds_per_sample: 1", "seeds_per_sample: 2")
            .replaceFirst(
                "\nparameters:\n", "\nparameters:\n  latent_length: {type: values, values: [5]}\n");
    Files.writeString(file, text);
  }

  private List<Result> results(String of) throws Exception {
    return ResultFolder.read(output().resolve(of)).results();
  }

  private long started() {
    return Renders.of(journal).count("started");
  }

  private long done() {
    return Renders.of(journal).count("success");
  }

  private static long lines(Child runner) {
    try {
      return runner.out().lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path output() {
    return folder.resolve("output");
  }

  private Child start(String... arguments) throws Exception {
    return Child.start(folder.resolve("logs"), Map.of(), arguments);
  }

  private void end(String... arguments) throws Exception {
    try (Child child = start(arguments)) {
      assertThat(child.exit()).as(child.err()).isZero();
    }
  }
}
