package dev.promptrunner.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Secret;
import dev.promptrunner.notice.NoticeKind;
import dev.promptrunner.notice.NoticeSettings;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.PodSettings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each group of settings: every default, and every property from every source. */
class SettingsTest {
  private static final Set<ServersConfig.Pass> ALL = Set.of(ServersConfig.Pass.values());

  /** A value for each setting that is not its default. */
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          Map.entry("engine", "simulator"),
          Map.entry("prompt-files", "night/walk.txt"),
          Map.entry("output", "/data/out"),
          Map.entry("recipe", "mine.yaml"),
          Map.entry("comfyui.url", "http://gpu1:8188"),
          Map.entry("comfyui.wait", "90s"),
          Map.entry("comfyui.stall-after", "1h30m"),
          Map.entry("comfyui.command", "./start.sh ${port}"),
          Map.entry("comfyui.folder", "/ComfyUI"),
          Map.entry("comfyui.arguments", "--lowvram"),
          Map.entry("comfyui.gpus", "2,3"),
          Map.entry("comfyui.stop-grace", "3s"),
          Map.entry("comfyui.restarts", "2"),
          Map.entry("comfyui.restart-window", "10m"),
          Map.entry("comfyui.memory-watermark", "80"),
          Map.entry("comfyui.free-between", "true"),
          Map.entry("frames-per-chunk", "81"),
          Map.entry("overlap", "10"),
          Map.entry("size", "832x480"),
          Map.entry("seed", "18446744073709551615"),
          Map.entry("iterations", "3"),
          Map.entry("combine", "append"),
          Map.entry("order", "wave"),
          Map.entry("short-control-video", "clamp"),
          Map.entry("deliver", "gs://bucket/nights"),
          Map.entry("delivery.credentials", "/key.json"),
          Map.entry("delivery.host", "http://127.0.0.1:9200"),
          Map.entry("delivery.patience", "10m"),
          Map.entry("after", "terminate"),
          Map.entry("watch", "true"),
          Map.entry("idle-exit", "10m"),
          Map.entry("deadline", "6h"),
          Map.entry("budget", "5.00"),
          Map.entry("keep", "true"),
          Map.entry("retries", "5"),
          Map.entry("oom.least-frames", "49"),
          Map.entry("check.black", "true"),
          Map.entry("check.frozen", "true"),
          Map.entry("media.workers", "2"),
          Map.entry("upload.workers", "3"),
          Map.entry("disk.floor", "500MB"),
          Map.entry("disk.patience", "30m"),
          Map.entry("pod.provider", "command"),
          Map.entry("pod.stop-command", "halt"),
          Map.entry("pod.terminate-command", "erase"),
          Map.entry("pod.undelivered", "stay"),
          Map.entry("pod.timeout", "5s"),
          Map.entry("pod.settle", "30s"),
          Map.entry("pod.give-up-after", "2m"),
          Map.entry("pod.price-per-hour", "0.69"),
          Map.entry("pod.runpod-url", "http://127.0.0.1:1"),
          Map.entry("pod.vast-url", "http://127.0.0.1:2"),
          Map.entry("simulator.step", "50ms"),
          Map.entry("simulator.load", "2s"),
          Map.entry("simulator.port", "0"),
          Map.entry("simulator.faults", "oom@3"),
          Map.entry("simulator.journal", "/tmp/journal.txt"),
          Map.entry("log.level", "debug"),
          Map.entry("log.form", "json"),
          Map.entry("notice.slack", "https://hooks.slack.com/services/T0/B0/x"),
          Map.entry("notice.webhook", "http://127.0.0.1:3/hook"),
          Map.entry("notice.webhook-secret", "0123456789abcdef"),
          Map.entry("notice.events", "pod,run-finished"),
          Map.entry("metrics.port", "9464"),
          Map.entry("warn.error-rate", "10"),
          Map.entry("warn.idle-share", "0"));

  @TempDir private Path folder;

  @Test
  void every_default() throws Exception {
    Settings settings = Settings.of(new World(folder).resolve());

    assertThat(settings.run())
        .isEqualTo(
            new RunConfig(
                RunConfig.Engine.COMFYUI,
                List.of(Path.of("./prompt_files")),
                Path.of("./output"),
                Path.of("workflows/wan22-vace.yaml"),
                false,
                Optional.empty(),
                false,
                2,
                1,
                1,
                new ByteSize(2_000_000_000L),
                Duration.ofMinutes(10),
                After.AUTO));
    assertThat(settings.render())
        .isEqualTo(
            new RenderConfig(
                100,
                0,
                Optional.empty(),
                Optional.empty(),
                1,
                RenderConfig.Combine.WORKFLOW,
                RenderConfig.Order.ADJACENT,
                RenderConfig.ShortControlVideo.REFUSE));
    assertThat(settings.recovery()).isEqualTo(new RecoveryConfig(33, false, false));
    assertThat(settings.servers())
        .isEqualTo(
            new ServersConfig(
                List.of(new ServersConfig.Server(URI.create("http://127.0.0.1:8188"), ALL)),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15)));
    assertThat(settings.process())
        .isEqualTo(
            new ProcessConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(10),
                5,
                Duration.ofMinutes(30),
                90,
                false));
    assertThat(settings.delivery())
        .isEqualTo(
            new DeliveryConfig(
                Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMinutes(2)));
    assertThat(settings.pod()).isEqualTo(PodSettings.DEFAULTS);
    assertThat(settings.limits()).isEqualTo(new LimitsConfig(Optional.empty(), Optional.empty()));
    assertThat(settings.simulator())
        .isEqualTo(
            new SimulatorConfig(
                Duration.ZERO, Duration.ZERO, 8188, Optional.empty(), Optional.empty()));
    assertThat(settings.log()).isEqualTo(new LogConfig(LogConfig.Level.INFO, LogConfig.Form.TEXT));
    assertThat(settings.notice())
        .isEqualTo(
            new NoticeSettings(
                Optional.empty(), Optional.empty(), Optional.empty(), Set.of(NoticeKind.values())));
    assertThat(settings.metrics()).isEqualTo(new MetricsConfig(Optional.empty(), 30, 50));
    assertThat(settings.secrets()).isEmpty();
  }

  @Test
  void every_property() throws Exception {
    World world = new World(folder);
    OTHER.forEach((name, text) -> world.flag(name, text));
    Settings settings = Settings.of(world.resolve());

    assertThat(settings.run())
        .isEqualTo(
            new RunConfig(
                RunConfig.Engine.SIMULATOR,
                List.of(Path.of("night/walk.txt")),
                Path.of("/data/out"),
                Path.of("mine.yaml"),
                true,
                Optional.of(Duration.ofMinutes(10)),
                true,
                5,
                2,
                3,
                ByteSize.ofMegabytes(500),
                Duration.ofMinutes(30),
                After.TERMINATE));
    assertThat(settings.render())
        .isEqualTo(
            new RenderConfig(
                81,
                10,
                Optional.of(new FrameSize(832, 480)),
                Optional.of(new BigInteger("18446744073709551615")),
                3,
                RenderConfig.Combine.APPEND,
                RenderConfig.Order.WAVE,
                RenderConfig.ShortControlVideo.CLAMP));
    assertThat(settings.recovery()).isEqualTo(new RecoveryConfig(49, true, true));
    assertThat(settings.servers())
        .isEqualTo(
            new ServersConfig(
                List.of(new ServersConfig.Server(URI.create("http://gpu1:8188"), ALL)),
                Duration.ofSeconds(90),
                Duration.ofMinutes(90)));
    assertThat(settings.delivery())
        .isEqualTo(
            new DeliveryConfig(
                Optional.of("gs://bucket/nights"),
                Optional.of(Path.of("/key.json")),
                Optional.of(URI.create("http://127.0.0.1:9200")),
                Duration.ofMinutes(10)));
    assertThat(settings.pod())
        .isEqualTo(
            new PodSettings(
                PodSettings.Provider.COMMAND,
                Optional.of("halt"),
                Optional.of("erase"),
                PodSettings.Undelivered.STAY,
                URI.create("http://127.0.0.1:1"),
                URI.create("http://127.0.0.1:2"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Optional.of(new BigDecimal("0.69"))));
    assertThat(settings.limits())
        .isEqualTo(
            new LimitsConfig(
                Optional.of(new Deadline.In(Duration.ofHours(6))),
                Optional.of(new BigDecimal("5.00"))));
    assertThat(settings.simulator())
        .isEqualTo(
            new SimulatorConfig(
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                0,
                Optional.of("oom@3"),
                Optional.of(Path.of("/tmp/journal.txt"))));
    assertThat(settings.log()).isEqualTo(new LogConfig(LogConfig.Level.DEBUG, LogConfig.Form.JSON));
    assertThat(settings.notice())
        .isEqualTo(
            new NoticeSettings(
                Optional.of(new Secret("https://hooks.slack.com/services/T0/B0/x")),
                Optional.of(new Secret("http://127.0.0.1:3/hook")),
                Optional.of(new Secret("0123456789abcdef")),
                Set.of(NoticeKind.POD, NoticeKind.RUN_FINISHED)));
    assertThat(settings.metrics()).isEqualTo(new MetricsConfig(Optional.of(9464), 10, 0));
    assertThat(settings.secrets())
        .extracting(Secret::reveal)
        .containsExactlyInAnyOrder(
            "halt",
            "erase",
            "https://hooks.slack.com/services/T0/B0/x",
            "http://127.0.0.1:3/hook",
            "0123456789abcdef");
  }

  static Stream<SettingKey<?>> keys() {
    return Keys.ALL.stream();
  }

  /** The settings that others need stay as in {@link #OTHER}; only the place differs. */
  @ParameterizedTest
  @MethodSource("keys")
  void the_same_from_flag_variable_and_file(SettingKey<?> key) throws Exception {
    String text = OTHER.get(key.name());
    Object fromFlag = world(key).flag(key.name(), text).resolve().get(key);
    Object fromFile = world(key).file(key.name() + ": '" + text + "'").resolve().get(key);

    assertThat(fromFile).isEqualTo(fromFlag);
    for (String variable : key.variables()) {
      World inVariable = new World(folder.resolve("nowhere"));
      others(key).forEach((name, value) -> inVariable.flag(name, value));
      Resolved settings = inVariable.variable(variable, text).resolve();
      assertThat((Object) settings.get(key)).isEqualTo(fromFlag);
      assertThat(settings.origin(key)).isEqualTo(new Origin.Variable(variable));
    }
    assertThat(fromFlag).isNotEqualTo(new World(folder.resolve("nowhere")).resolve().get(key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void its_example_is_one_of_its_values(SettingKey<?> key) {
    assertThat(key.type().read(new Value.Text(key.type().example()))).isPresent();
  }

  @Test
  void no_two_settings_share_a_name_a_flag_or_a_variable() {
    assertThat(Keys.ALL).extracting(SettingKey::name).doesNotHaveDuplicates();
    assertThat(Keys.ALL.stream().flatMap(key -> key.flag().stream())).doesNotHaveDuplicates();
    assertThat(Keys.ALL.stream().flatMap(key -> key.variables().stream()))
        .doesNotHaveDuplicates()
        .contains("PROMPT_RUNNER_COMFYUI_STALL_AFTER", "GOOGLE_APPLICATION_CREDENTIALS");
    assertThat(OTHER.keySet())
        .isEqualTo(Keys.ALL.stream().map(SettingKey::name).collect(Collectors.toSet()));
  }

  private World world(SettingKey<?> key) {
    World world = new World(folder);
    others(key).forEach((name, value) -> world.flag(name, value));
    return world;
  }

  private static Map<String, String> others(SettingKey<?> key) {
    return OTHER.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(key.name()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
