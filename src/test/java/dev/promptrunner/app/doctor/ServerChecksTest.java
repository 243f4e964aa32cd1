package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.process.WorkerProbe;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.testing.LoopbackServer;
import dev.promptrunner.testing.ScriptedComfy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChecksTest {
  private static final String DONE =
      "{\"outputs\":{},\"status\":{\"status_str\":\"success\",\"completed\":true,\"messages\":[]}}";

  @TempDir Path dir;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ScriptedComfy comfy;

  @BeforeEach
  void start() throws Exception {
    comfy = new ScriptedComfy();
    opened.add(comfy);
    stats("0.3.64", "cuda", "\"main.py\"");
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private void stats(String version, String device, String argv) {
    comfy.onJson(
        "GET /system_stats",
        200,
        """
        {"system":{"comfyui_version":"%s","python_version":"3.11.9 (main)",
                   "pytorch_version":"2.8.0+cu128","argv":[%s]},
         "devices":[{"name":"NVIDIA L4","type":"%s","vram_total":24000000000,
                     "vram_free":23000000000}]}\
        """
            .formatted(version, argv, device));
  }

  private ServerSite site(URI url) {
    ComfySettings.Timeouts usual = ComfySettings.Timeouts.DEFAULTS;
    ComfySettings settings = ComfySettings.of(url).with(usual.withCancel(Duration.ofMillis(500)));
    ComfyServer server =
        new ComfyServer(
            settings, UUID.randomUUID().toString(), InstantSource.system(), Sleeper.SYSTEM);
    opened.add(server);
    return new ServerSite(server);
  }

  private List<Finding> look(String name) throws Exception {
    List<Check> checks =
        new ServerChecks(site(comfy.url()), false)
            .checks().stream().filter(check -> check.name().equals(name)).toList();
    return Examination.run(checks);
  }

  @Test
  void a_server_is_told_with_its_version_and_card() throws Exception {
    assertThat(look("server"))
        .containsExactly(
            Finding.ok(
                Area.SERVER,
                "server",
                "ComfyUI 0.3.64 at %s, Python 3.11.9, torch 2.8.0+cu128, NVIDIA L4 with 24.0 GB,"
                        .formatted(comfy.url())
                    + " 23.0 GB of it free"));
  }

  @Test
  void an_older_server_one_on_the_cpu_and_the_simulator_are_warnings() throws Exception {
    stats("0.3.40", "cuda", "");
    assertThat(look("server").getFirst())
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.found())
                  .endsWith(": older than 0.3.64, with which this program was tried");
              assertThat(one.remedy())
                  .isEqualTo("update ComfyUI, or try one short prompt file before the night");
            });
    stats("0.3.70", "cpu", "");
    assertThat(look("server").getFirst())
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.found()).endsWith(": it renders on the CPU");
              assertThat(one.remedy())
                  .isEqualTo("start ComfyUI without --cpu, with a torch for this machine's GPU");
            });
    stats("0.3.64+prompt-runner-simulator", "cpu", "");
    assertThat(look("server").getFirst())
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.found()).endsWith(": it is the simulator, which renders nothing real");
              assertThat(one.remedy())
                  .isEqualTo("give the address of a real ComfyUI with --comfyui URL");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0.3.63, true",
    "0.3.64, false",
    "0.3.64+x, false",
    "v0.2.99, true",
    "1.0.0, false",
    "0.10.0, false",
    "'', false",
    "unknown, false",
    "0.0.99999999999, true"
  })
  void versions_compare_by_their_numbers(String version, boolean older) {
    assertThat(ServerChecks.olderThanTried(version)).isEqualTo(older);
  }

  @Test
  void one_that_is_not_there_is_told_once() throws Exception {
    comfy.close();
    List<Finding> findings = Examination.run(new ServerChecks(site(comfy.url()), false).checks());
    assertThat(findings)
        .containsExactly(
            Finding.problem(
                Area.SERVER,
                "server",
                "looking for ComfyUI at %s: nothing answers at %s (connection refused)"
                    .formatted(comfy.url(), comfy.url()),
                "start ComfyUI, or say where it is with --comfyui URL"),
            Finding.warning(
                Area.SERVER,
                "worker",
                "not looked at: " + comfy.url() + " does not answer as ComfyUI",
                "see to the line 'server' first"),
            Finding.warning(
                Area.SERVER,
                "launch flags",
                "not looked at: " + comfy.url() + " does not answer as ComfyUI",
                "see to the line 'server' first"));
  }

  @Test
  void what_a_server_says_of_itself_is_asked_for_once() throws Exception {
    comfy.next(id -> comfy.finish(id, DONE));
    Examination.run(new ServerChecks(site(comfy.url()), false).checks());
    assertThat(comfy.count("GET", "/system_stats")).isEqualTo(1);
  }

  @Test
  void a_worker_that_does_a_job_is_alive_and_no_job_is_sent_twice() throws Exception {
    for (int i = 0; i < 2; i++) {
      comfy.next(id -> comfy.finish(id, DONE));
      assertThat(look("worker"))
          .containsExactly(Finding.ok(Area.SERVER, "worker", "made a picture in 0.00 s"));
    }
    assertThat(comfy.prompts().getFirst().path("prompt"))
        .isNotEqualTo(comfy.prompts().getLast().path("prompt"));
    assertThat(comfy.prompts().getFirst().at("/prompt/1/class_type").asString())
        .isEqualTo("EmptyImage");
    assertThat(comfy.count("POST", "/history")).isEqualTo(2);
  }

  @Test
  void a_job_that_nobody_takes_up_is_taken_off_again() throws Exception {
    comfy.on(
        "POST /interrupt",
        (_, socket) -> {
          comfy.forgetAll();
          LoopbackServer.answer(socket, 200, Map.of(), new byte[0]);
          return true;
        });
    ServerSite site = site(comfy.url());
    assertThat(new WorkerProbe(site.server()).prove(Duration.ofMillis(300)))
        .isEqualTo(new WorkerProbe.Proof.Late(0));
    assertThat(site.server().queue().running()).isEmpty();
  }

  @Test
  void a_job_behind_others_says_nothing_of_the_worker() throws Exception {
    comfy.enqueue("other", ScriptedComfy.JSON.createObjectNode());
    ServerSite site = site(comfy.url());
    assertThat(new WorkerProbe(site.server()).prove(Duration.ofMillis(300)))
        .isEqualTo(new WorkerProbe.Proof.Late(1));
    assertThat(site.server().queue().running()).hasSize(1);
    assertThat(site.server().queue().pending()).isEmpty();
  }

  @Test
  void late_jobs_are_told_by_what_was_before_them() {
    assertThat(ServerChecks.worker(new WorkerProbe.Proof.Late(0)))
        .isEqualTo(
            Finding.problem(
                Area.SERVER,
                "worker",
                "a tiny job was taken and not done within 20 s, with nothing before it: the worker"
                    + " thread is dead or hangs",
                "restart ComfyUI; its log tells why, look for (prompt_worker)"));
    assertThat(ServerChecks.worker(new WorkerProbe.Proof.Late(2)))
        .isEqualTo(
            Finding.warning(
                Area.SERVER,
                "worker",
                "not proven: 2 jobs were there before, and none ended within 20 s",
                "look again when they are done; when their progress stands still, restart"
                    + " ComfyUI"));
  }

  @Test
  void a_refused_job_is_a_problem() throws Exception {
    comfy.onJson(
        "POST /prompt",
        400,
        "{\"error\":{\"type\":\"invalid_prompt\",\"message\":\"Cannot execute because node"
            + " EmptyImage does not exist.\",\"details\":\"Node ID '#1'\",\"extra_info\":{}},"
            + "\"node_errors\":{}}");
    assertThat(look("worker").getFirst())
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.found()).contains("EmptyImage does not exist");
            });
  }

  @Test
  void the_simulator_s_worker_makes_the_picture() throws Exception {
    Simulator simulator = Simulator.start(SimulatorSettings.under(dir));
    opened.add(simulator);
    assertThat(
            new WorkerProbe(site(URI.create(simulator.url())).server())
                .prove(Duration.ofSeconds(60)))
        .isInstanceOf(WorkerProbe.Proof.Done.class);
  }

  private List<Finding> models(Set<String> names) throws Exception {
    List<RecipeFiles.Use> uses =
        names.stream()
            .map(name -> new RecipeFiles.Use(dev.promptrunner.workflow.Pass.HIGH, "1", "m", name))
            .toList();
    return Examination.run(
        List.of(ModelFiles.check(site(comfy.url()), new RecipeFiles(uses, Set.of()))));
  }

  @Test
  void models_that_lie_here_are_looked_at_whatever_their_folder() throws Exception {
    Path loras = Files.createDirectories(dir.resolve("models/loras"));
    Path more = Files.createDirectories(dir.resolve("more/wan"));
    byte[] whole = new byte[10];
    whole[0] = 2;
    whole[8] = '{';
    whole[9] = '}';
    Files.write(loras.resolve("good.safetensors"), whole);
    Files.write(more.resolve("cut.gguf"), new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0});
    Files.writeString(more.resolve("old.ckpt"), "pickle");
    comfy.onJson(
        "GET /internal",
        200,
        "{\"loras\":[[\"%s\"],[\".safetensors\"]],\"input\":[\"%s\"]}"
            .formatted(loras, dir.resolve("more")));
    assertThat(
            models(
                Set.of(
                    "good.safetensors", "wan/cut.gguf", "wan/old.ckpt", "elsewhere.safetensors")))
        .containsExactly(
            Finding.problem(
                Area.MODELS,
                "model files",
                more.resolve("cut.gguf") + ": it is truncated within its header",
                "download it again, and compare its size with the source's"),
            Finding.ok(
                Area.MODELS,
                "model files",
                "1 of 4 are whole, 10 B; 1 in a format that does not tell; 1 are not on this"
                    + " machine"));
  }

  @Test
  void models_of_another_machine_are_not_looked_at() throws Exception {
    comfy.onJson("GET /internal", 200, "{\"loras\":[[\"/nowhere/loras\"],[]]}");
    assertThat(models(Set.of("a.gguf", "b.gguf")))
        .containsExactly(
            Finding.ok(
                Area.MODELS,
                "model files",
                "none of the recipe's 2 is on this machine: not looked at"));
  }

  @Test
  void a_server_that_hides_its_folders_is_a_warning() throws Exception {
    assertThat(models(Set.of("a.gguf")).getFirst())
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.found()).startsWith("not looked at: the server does not tell");
              assertThat(one.remedy())
                  .isEqualTo(
                      "see by hand whether the files have the sizes that their source tells");
            });
  }
}
