package dev.promptrunner.config;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Secret;
import dev.promptrunner.notice.NoticeKind;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.PodSettings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every setting there is, in the order in which people are shown them. */
public final class Keys {
  public static final SettingKey<RunConfig.Engine> ENGINE =
      SettingKey.of(
              "engine",
              Types.choice(RunConfig.Engine.class),
              "comfyui",
              "What renders: a ComfyUI server, or the simulator that needs no GPU.")
          .asFlag();

  public static final SettingKey<List<Path>> PROMPT_FILES =
      SettingKey.of(
              "prompt-files",
              ListTypes.PATHS,
              "./prompt_files",
              "Prompt files, or folders with them; the command line gives them without a name.")
          .orWhere("/workspace/prompt_files", "/workspace/prompt_files");

  public static final SettingKey<Path> OUTPUT =
      SettingKey.of(
              "output",
              Types.path("/workspace/output"),
              "./output",
              "The folder for everything that a run makes and remembers.")
          .orWhere("/workspace/ComfyUI", "/workspace/ComfyUI/output/prompt-runner")
          .asFlag();

  public static final SettingKey<Path> RECIPE =
      SettingKey.of(
              "recipe",
              Types.path("workflows/mine.yaml"),
              "workflows/wan22-vace.yaml",
              "How the workflows are edited for each job.")
          .asFlag();

  public static final SettingKey<List<ServersConfig.Server>> COMFYUI_URL =
      SettingKey.of(
              "comfyui.url",
              ListTypes.SERVERS,
              "http://127.0.0.1:8188",
              "The ComfyUI server, or several; each may be limited to some passes.")
          .asFlag("--comfyui")
          .usually("COMFYUI_URL");

  public static final SettingKey<Duration> COMFYUI_WAIT =
      SettingKey.of(
              "comfyui.wait",
              Types.time("0s", "24h", "5m"),
              "5m",
              "How long to wait at the start until the server answers.")
          .asFlag("--comfyui-wait");

  public static final SettingKey<Duration> COMFYUI_STALL_AFTER =
      SettingKey.of(
          "comfyui.stall-after",
          Types.time("10s", "24h", "15m"),
          "15m",
          "A job without progress for this long counts as stalled.");

  public static final SettingKey<Optional<String>> COMFYUI_COMMAND =
      SettingKey.of(
          "comfyui.command",
          Types.text("a shell command", "./start.sh --port ${port}").optional(),
          "",
          "The shell command that starts a server, with ${port}, ${gpu} and ${folder}; then run"
              + " starts and supervises it.");

  public static final SettingKey<Optional<Path>> COMFYUI_FOLDER =
      SettingKey.of(
          "comfyui.folder",
          Types.path("/workspace/ComfyUI").optional(),
          "",
          "Where ComfyUI is installed; without a command its main.py is started and supervised.");

  public static final SettingKey<Optional<String>> COMFYUI_ARGUMENTS =
      SettingKey.of(
          "comfyui.arguments",
          Types.text("flags of ComfyUI", "--lowvram --reserve-vram 1").optional(),
          "",
          "Flags added when ComfyUI is started from its folder.");

  public static final SettingKey<Optional<List<String>>> COMFYUI_GPUS =
      SettingKey.of(
          "comfyui.gpus",
          ListTypes.GPUS.optional(),
          "",
          "The GPU of each server that is started, in the order of their addresses.");

  public static final SettingKey<Duration> COMFYUI_STOP_GRACE =
      SettingKey.of(
          "comfyui.stop-grace",
          Types.time("1s", "10m", "10s"),
          "10s",
          "How long a server that is asked to end may take before it is killed.");

  public static final SettingKey<Integer> COMFYUI_RESTARTS =
      SettingKey.of(
          "comfyui.restarts",
          Types.number(0, 1_000, 5),
          "5",
          "How often a server that ends by itself is started again within the window.");

  public static final SettingKey<Duration> COMFYUI_RESTART_WINDOW =
      SettingKey.of(
          "comfyui.restart-window",
          Types.time("1m", "7d", "30m"),
          "30m",
          "The time in which those ends are counted; one more and the run ends.");

  public static final SettingKey<Integer> COMFYUI_MEMORY_WATERMARK =
      SettingKey.of(
          "comfyui.memory-watermark",
          Types.number(0, 100, 90),
          "90",
          "Percent of the memory above which a server is started anew between jobs; 0 for never.");

  public static final SettingKey<Boolean> COMFYUI_FREE_BETWEEN =
      SettingKey.of(
          "comfyui.free-between",
          Types.SWITCH,
          "false",
          "Let the server drop its models and caches before another prompt file's first job.");

  public static final SettingKey<Integer> FRAMES_PER_CHUNK =
      SettingKey.of(
              "frames-per-chunk",
              Types.number(1, 100_000, 100),
              "100",
              "Frames that are rendered together.")
          .asFlag();

  public static final SettingKey<Integer> OVERLAP =
      SettingKey.of(
              "overlap",
              Types.number(0, 99_999, 10),
              "0",
              "Frames that a chunk renders again before its own, and that are dropped.")
          .asFlag();

  public static final SettingKey<Optional<FrameSize>> SIZE =
      SettingKey.of(
              "size",
              Types.FRAME_SIZE.optional(),
              "",
              "Width and height of the video; empty takes the recipe's.")
          .asFlag();

  public static final SettingKey<Optional<BigInteger>> SEED =
      SettingKey.of(
              "seed", Types.SEED.optional(), "", "The seed of every job; empty takes the recipe's.")
          .asFlag();

  public static final SettingKey<Integer> ITERATIONS =
      SettingKey.of(
              "iterations",
              Types.number(1, 1000, 4),
              "1",
              "How many videos each prompt file becomes, each with a new seed.")
          .asFlag();

  public static final SettingKey<RenderConfig.Combine> COMBINE =
      SettingKey.of(
              "combine",
              Types.choice(RenderConfig.Combine.class),
              "workflow",
              "How segments are joined: on the server, enhanced there and joined here, or here.")
          .asFlag();

  public static final SettingKey<RenderConfig.Order> ORDER =
      SettingKey.of(
              "order",
              Types.choice(RenderConfig.Order.class),
              "adjacent",
              "HIGH and LOW of a pair in turn, or all HIGHs of a wave before its LOWs.")
          .asFlag();

  public static final SettingKey<RenderConfig.ShortControlVideo> SHORT_CONTROL_VIDEO =
      SettingKey.of(
          "short-control-video",
          Types.choice(RenderConfig.ShortControlVideo.class),
          "refuse",
          "What to do when a control video is shorter than the frames asked for.");

  public static final SettingKey<Optional<String>> DELIVER =
      SettingKey.of(
              "deliver",
              Types.text("an address of an object store", "gs://my-bucket/nights").optional(),
              "",
              "Where finished videos go: gs://BUCKET/PREFIX or file:///FOLDER.")
          .asFlag();

  public static final SettingKey<Optional<Path>> DELIVERY_CREDENTIALS =
      SettingKey.of(
              "delivery.credentials",
              Types.path("/run/secrets/gcs.json").optional(),
              "",
              "The key file of the object store's account.")
          .usually("GOOGLE_APPLICATION_CREDENTIALS");

  public static final SettingKey<Optional<URI>> DELIVERY_HOST =
      SettingKey.of(
          "delivery.host",
          Types.address("http://127.0.0.1:9200").optional(),
          "",
          "Another address of the object store, for tests and proxies.");

  public static final SettingKey<Duration> DELIVERY_PATIENCE =
      SettingKey.of(
          "delivery.patience",
          Types.time("1s", "24h", "2m"),
          "2m",
          "How long a store that takes nothing is asked again before a try of a delivery fails.");

  public static final SettingKey<After> AFTER =
      SettingKey.of(
              "after",
              Types.choice(After.class),
              "auto",
              "What becomes of the pod; auto stops a pod that delivers, and else does nothing.")
          .asFlag();

  public static final SettingKey<Boolean> WATCH =
      SettingKey.of("watch", Types.SWITCH, "false", "Go on waiting for new prompt files.").asFlag();

  public static final SettingKey<Optional<Duration>> IDLE_EXIT =
      SettingKey.of(
              "idle-exit",
              Types.time("1s", "7d", "10m").optional(),
              "",
              "With watch: end when there was nothing to do for this long.")
          .asFlag();

  public static final SettingKey<Optional<Deadline>> DEADLINE =
      SettingKey.of(
              "deadline",
              Types.DEADLINE.optional(),
              "",
              "When the run ends itself: delivers what is finished and stops the pod.")
          .asFlag();

  public static final SettingKey<Optional<BigDecimal>> BUDGET =
      SettingKey.of(
              "budget",
              Types.DOLLARS.optional(),
              "",
              "Dollars of the pod's price after which the run ends itself in the same way.")
          .asFlag();

  public static final SettingKey<Boolean> KEEP =
      SettingKey.of(
              "keep",
              Types.SWITCH,
              "false",
              "Keep latents, segments and earlier videos that are not needed any more.")
          .asFlag();

  public static final SettingKey<Integer> RETRIES =
      SettingKey.of(
          "retries",
          Types.number(0, 100, 2),
          "2",
          "How often a job is tried again after a failure that may pass.");

  public static final SettingKey<Integer> OOM_LEAST_FRAMES =
      SettingKey.of(
          "oom.least-frames",
          Types.number(0, 100_000, 49),
          "33",
          "The fewest frames a chunk may come down to when memory is not enough; 0 for never.");

  public static final SettingKey<Boolean> CHECK_BLACK =
      SettingKey.of(
          "check.black",
          Types.SWITCH,
          "false",
          "Render a segment again that is black from its first frame to its last.");

  public static final SettingKey<Boolean> CHECK_FROZEN =
      SettingKey.of(
          "check.frozen",
          Types.SWITCH,
          "false",
          "Render a segment again whose picture never changes.");

  public static final SettingKey<Integer> MEDIA_WORKERS =
      SettingKey.of(
          "media.workers",
          Types.number(1, 64, 1),
          "1",
          "Videos that are cut and joined at the same time.");

  public static final SettingKey<Integer> UPLOAD_WORKERS =
      SettingKey.of(
          "upload.workers",
          Types.number(1, 64, 1),
          "1",
          "Archives that are uploaded at the same time.");

  public static final SettingKey<ByteSize> DISK_FLOOR =
      SettingKey.of(
          "disk.floor",
          Types.BYTES,
          "2GB",
          "A job that would leave less free disk than this is not started.");

  public static final SettingKey<Duration> DISK_PATIENCE =
      SettingKey.of(
          "disk.patience",
          Types.time("0s", "24h", "10m"),
          "10m",
          "How long a run without work waits for free disk before it ends.");

  public static final SettingKey<PodSettings.Provider> POD_PROVIDER =
      SettingKey.of(
          "pod.provider",
          Types.choice(PodSettings.Provider.class),
          "auto",
          "Whose pod this is; auto looks at the environment.");

  public static final SettingKey<Optional<String>> POD_STOP_COMMAND =
      SettingKey.of(
              "pod.stop-command",
              Types.text("a shell command", "sudo shutdown -h now").optional(),
              "",
              "The shell command that stops this machine; used instead of a provider.")
          .hidden();

  public static final SettingKey<Optional<String>> POD_TERMINATE_COMMAND =
      SettingKey.of(
              "pod.terminate-command",
              Types.text("a shell command", "./delete-this-machine").optional(),
              "",
              "The shell command that deletes this machine.")
          .hidden();

  public static final SettingKey<PodSettings.Undelivered> POD_UNDELIVERED =
      SettingKey.of(
          "pod.undelivered",
          Types.choice(PodSettings.Undelivered.class),
          "stop",
          "Whether the pod stays up or stops when finished work could not be delivered; one that"
              + " would lose it stays.");

  public static final SettingKey<Duration> POD_TIMEOUT =
      SettingKey.of(
          "pod.timeout",
          Types.time("1s", "10m", "20s"),
          "20s",
          "How long one request to the provider, or one command, may take.");

  public static final SettingKey<Duration> POD_SETTLE =
      SettingKey.of(
          "pod.settle",
          Types.time("1s", "1h", "90s"),
          "90s",
          "How long an accepted stop may take to show before another way is tried.");

  public static final SettingKey<Duration> POD_GIVE_UP_AFTER =
      SettingKey.of(
          "pod.give-up-after",
          Types.time("1s", "24h", "10m"),
          "10m",
          "How long stopping the pod is tried before its cost is told; it is tried on.");

  public static final SettingKey<Optional<BigDecimal>> POD_PRICE_PER_HOUR =
      SettingKey.of(
          "pod.price-per-hour",
          Types.DOLLARS.optional(),
          "",
          "What the pod costs, in dollars an hour; empty asks the provider.");

  public static final SettingKey<URI> POD_RUNPOD_URL =
      SettingKey.of(
          "pod.runpod-url",
          Types.address("https://api.runpod.io"),
          "https://api.runpod.io",
          "RunPod's interface.");

  public static final SettingKey<URI> POD_VAST_URL =
      SettingKey.of(
          "pod.vast-url",
          Types.address("https://console.vast.ai"),
          "https://console.vast.ai",
          "Vast.ai's interface.");

  public static final SettingKey<Duration> SIMULATOR_STEP =
      SettingKey.of(
          "simulator.step",
          Types.time("0s", "1h", "50ms"),
          "0s",
          "How long a sampling step of the simulator takes.");

  public static final SettingKey<Duration> SIMULATOR_LOAD =
      SettingKey.of(
          "simulator.load",
          Types.time("0s", "1h", "2s"),
          "0s",
          "How long the simulator takes to swap one expert for the other.");

  public static final SettingKey<Integer> SIMULATOR_PORT =
      SettingKey.of(
          "simulator.port",
          Types.number(0, 65_535, 8188),
          "8188",
          "The port of the simulator as a server; 0 takes a free one.");

  public static final SettingKey<Optional<String>> SIMULATOR_FAULTS =
      SettingKey.of(
          "simulator.faults",
          Types.text("faults of the simulator, such as oom@3,slow@1:10s", "oom@3").optional(),
          "",
          "What goes wrong in the simulator, and at which job; for trying out.");

  public static final SettingKey<Optional<Path>> SIMULATOR_JOURNAL =
      SettingKey.of(
          "simulator.journal",
          Types.path("/tmp/journal.txt").optional(),
          "",
          "A file to which the simulator adds a line for every prompt it starts and ends.");

  public static final SettingKey<LogConfig.Level> LOG_LEVEL =
      SettingKey.of(
          "log.level", Types.choice(LogConfig.Level.class), "info", "How much the log tells.");

  public static final SettingKey<LogConfig.Form> LOG_FORM =
      SettingKey.of(
          "log.form",
          Types.choice(LogConfig.Form.class),
          "text",
          "The log file as lines for people, or as a JSON object a line for programs.");

  public static final SettingKey<Optional<Secret>> NOTICE_SLACK =
      SettingKey.of(
              "notice.slack",
              Types.secretAddress("https://hooks.slack.com/services/T0/B0/XYZ").optional(),
              "",
              "An incoming webhook of Slack that is told how a run goes.")
          .hidden();

  public static final SettingKey<Optional<Secret>> NOTICE_WEBHOOK =
      SettingKey.of(
              "notice.webhook",
              Types.secretAddress("https://example.com/hook").optional(),
              "",
              "Any address that is told the same as JSON.")
          .hidden();

  public static final SettingKey<Optional<Secret>> NOTICE_WEBHOOK_SECRET =
      SettingKey.of(
              "notice.webhook-secret",
              Types.secret("a text of at least 16 characters", 16, "$(openssl rand -hex 32)")
                  .optional(),
              "",
              "The key that signs what the webhook gets.")
          .hidden();

  public static final SettingKey<Set<NoticeKind>> NOTICE_EVENTS =
      SettingKey.of(
          "notice.events",
          ListTypes.choices(NoticeKind.class),
          "run-started,file-done,file-failed,delivered,pod,limit,paused,server,warning,run-finished",
          "What Slack and the webhook are told.");

  public static final SettingKey<Optional<Integer>> METRICS_PORT =
      SettingKey.of(
          "metrics.port",
          Types.number(0, 65_535, 9464).optional(),
          "",
          "A port of this machine alone where Prometheus may read a run's numbers; 0 takes a free"
              + " one.");

  public static final SettingKey<Integer> WARN_ERROR_RATE =
      SettingKey.of(
          "warn.error-rate",
          Types.number(0, 100, 30),
          "30",
          "Warn when more than this percentage of the last 20 tries failed; 0 never.");

  public static final SettingKey<Integer> WARN_IDLE_SHARE =
      SettingKey.of(
          "warn.idle-share",
          Types.number(0, 100, 50),
          "50",
          "Warn when the servers stood idle for more than this percentage of the last 30 minutes; 0"
              + " never.");

  public static final List<SettingKey<?>> ALL =
      List.of(
          ENGINE,
          PROMPT_FILES,
          OUTPUT,
          RECIPE,
          COMFYUI_URL,
          COMFYUI_WAIT,
          COMFYUI_STALL_AFTER,
          COMFYUI_COMMAND,
          COMFYUI_FOLDER,
          COMFYUI_ARGUMENTS,
          COMFYUI_GPUS,
          COMFYUI_STOP_GRACE,
          COMFYUI_RESTARTS,
          COMFYUI_RESTART_WINDOW,
          COMFYUI_MEMORY_WATERMARK,
          COMFYUI_FREE_BETWEEN,
          FRAMES_PER_CHUNK,
          OVERLAP,
          SIZE,
          SEED,
          ITERATIONS,
          COMBINE,
          ORDER,
          SHORT_CONTROL_VIDEO,
          DELIVER,
          DELIVERY_CREDENTIALS,
          DELIVERY_HOST,
          DELIVERY_PATIENCE,
          AFTER,
          WATCH,
          IDLE_EXIT,
          DEADLINE,
          BUDGET,
          KEEP,
          RETRIES,
          OOM_LEAST_FRAMES,
          CHECK_BLACK,
          CHECK_FROZEN,
          MEDIA_WORKERS,
          UPLOAD_WORKERS,
          DISK_FLOOR,
          DISK_PATIENCE,
          POD_PROVIDER,
          POD_STOP_COMMAND,
          POD_TERMINATE_COMMAND,
          POD_UNDELIVERED,
          POD_TIMEOUT,
          POD_SETTLE,
          POD_GIVE_UP_AFTER,
          POD_PRICE_PER_HOUR,
          POD_RUNPOD_URL,
          POD_VAST_URL,
          SIMULATOR_STEP,
          SIMULATOR_LOAD,
          SIMULATOR_PORT,
          SIMULATOR_FAULTS,
          SIMULATOR_JOURNAL,
          LOG_LEVEL,
          LOG_FORM,
          NOTICE_SLACK,
          NOTICE_WEBHOOK,
          NOTICE_WEBHOOK_SECRET,
          NOTICE_EVENTS,
          METRICS_PORT,
          WARN_ERROR_RATE,
          WARN_IDLE_SHARE);

  private Keys() {}
}
