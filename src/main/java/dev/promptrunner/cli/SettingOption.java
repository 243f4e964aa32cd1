package dev.promptrunner.cli;

import dev.promptrunner.base.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options that override a setting, by its key. What they say stands here again, because help
 * must not load the settings; a test compares both.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are of List.of.
enum SettingOption {
  ENGINE(
      "engine",
      "ENGINE",
      "What renders: ${choices}. The simulator renders nothing real; it tries everything else on"
          + " this machine. Default: comfyui.",
      List.of("comfyui", "simulator")),
  COMFYUI(
      "comfyui.url",
      "--comfyui",
      "URL",
      "A ComfyUI server; give the option again for each further server. Default:"
          + " http://127.0.0.1:8188.",
      Form.REPEATED),
  COMFYUI_WAIT(
      "comfyui.wait",
      "--comfyui-wait",
      "DURATION",
      "How long to wait for a server that does not answer yet, such as 90s or 5m. Default: 5m.",
      Form.VALUE),
  OUTPUT(
      "output",
      "DIR",
      "The folder for videos, state and log. The same folder is what a run resumes from. Default:"
          + " output, or ComfyUI's output/prompt-runner on a pod."),
  RECIPE(
      "recipe",
      "FILE",
      "How the two workflows are edited for each job. Default: workflows/wan22-vace.yaml."),
  FRAMES_PER_CHUNK(
      "frames-per-chunk", "N", "Frames that are rendered together, 1 to 100000. Default: 100."),
  OVERLAP(
      "overlap",
      "N",
      "Frames by which every chunk but the first starts earlier; they are dropped when joining."
          + " Default: 0."),
  SIZE(
      "size",
      "WxH",
      "Width and height of the rendered frames, multiples of 16, such as 832x480. Default: the"
          + " recipe's."),
  SEED("seed", "N", "The seed of every pass, 0 to 18446744073709551615. Default: the recipe's."),
  ITERATIONS(
      "iterations",
      "N",
      "How many videos each prompt file becomes, each with a new seed, 1 to 1000. Default: 1."),
  COMBINE(
      "combine",
      "MODE",
      "How segments become one video: ${choices}. workflow: on the server, each upon the video so"
          + " far; append: enhanced on the server, joined here without loss; copy: joined here as"
          + " they are. Default: workflow.",
      List.of("workflow", "append", "copy")),
  ORDER(
      "order",
      "ORDER",
      "Which job goes first: ${choices}. adjacent: one prompt file after the other; wave: the same"
          + " pass of all of them, for fewer swaps of the model. Default: adjacent.",
      List.of("adjacent", "wave")),
  SHORT_CONTROL_VIDEO(
      "short-control-video",
      "POLICY",
      "When a control video is shorter than the frames asked for: ${choices}. refuse: report it;"
          + " clamp: make the final video as short. Default: refuse.",
      List.of("refuse", "clamp")),
  KEEP(
      "keep",
      "--keep",
      "",
      "Keep latents, segments and earlier combined videos after they were used. Default: they go"
          + " when the next step is verified.",
      Form.FLAG),
  DELIVER(
      "deliver",
      "URI",
      "Where finished videos go as archives: to gs://BUCKET/PREFIX or file:///FOLDER. Default:"
          + " they stay in the output folder."),
  AFTER(
      "after",
      "ACTION",
      "What becomes of the pod when all is delivered and verified: ${choices}. auto: stop it when"
          + " it is a pod and videos are delivered. Default: auto.",
      List.of("auto", "none", "stop", "terminate")),
  WATCH(
      "watch",
      "--watch",
      "",
      "Go on and take new prompt files of the folders when they have stopped growing. Default:"
          + " end when all are done.",
      Form.FLAG),
  IDLE_EXIT(
      "idle-exit",
      "DURATION",
      "With --watch: end after so long without work, such as 10m. Default: never."),
  DEADLINE(
      "deadline",
      "WHEN",
      "When the run ends itself, delivers what is finished and stops the pod: 6h from the start,"
          + " 08:00, or 2026-11-22T08:00+01:00. Default: never."),
  BUDGET(
      "budget",
      "DOLLARS",
      "The same when the pod has cost so much since the start, such as 5.00. Default: no limit."),
  PORT(
      "simulator.port",
      "--port",
      "N",
      "Where the simulator listens, 0 to 65535, 0 for any free port. Default: 8188.",
      Form.VALUE);

  private enum Form {
    VALUE,
    REPEATED,
    FLAG
  }

  private final String key;
  private final String option;
  private final String label;
  private final String help;
  private final Form form;
  private final List<String> choices;

  SettingOption(String key, String label, String help) {
    this(key, "--" + key, label, help, Form.VALUE);
  }

  SettingOption(String key, String label, String help, List<String> choices) {
    this(key, "--" + key, label, help, Form.VALUE, choices);
  }

  SettingOption(String key, String option, String label, String help, Form form) {
    this(key, option, label, help, form, List.of());
  }

  SettingOption(
      String key, String option, String label, String help, Form form, List<String> choices) {
    this.key = key;
    this.option = option;
    this.label = label;
    this.help = help;
    this.form = form;
    this.choices = choices;
  }

  /** The key in {@code prompt-runner.yaml}. */
  String key() {
    return key;
  }

  /** As typed: {@code --frames-per-chunk}. */
  String option() {
    return option;
  }

  /** Stands for the value in help. */
  String label() {
    return label;
  }

  String help() {
    return help.replace("${choices}", String.join(", ", choices));
  }

  boolean isFlag() {
    return form == Form.FLAG;
  }

  boolean isRepeated() {
    return form == Form.REPEATED;
  }

  /** What is wrong with a value whose choices are few; all other values the settings check. */
  Optional<String> complaint(String value) {
    if (choices.isEmpty() || choices.contains(value.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    String near =
        Nearest.to(value, choices).map(choice -> " (did you mean " + choice + "?)").orElse("");
    return Optional.of(
        "%s is '%s': give one of %s%s".formatted(option, value, String.join(", ", choices), near));
  }

  List<String> choices() {
    return choices;
  }

  /** What a run reads. */
  static List<SettingOption> ofRun() {
    return Arrays.stream(values()).filter(setting -> setting != PORT).toList();
  }
}
