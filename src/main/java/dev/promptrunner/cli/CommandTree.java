package dev.promptrunner.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The commands and their options, as data. Built without annotations: nothing is reflected upon at
 * start, and {@link SettingOption} alone says which option overrides which setting.
 */
final class CommandTree {
  static final String NAME = "prompt-runner";
  private static final List<SettingOption> OUTPUT = List.of(SettingOption.OUTPUT);
  private static final OptionSpec.Builder JSON =
      Specs.flag("Answer in JSON, for programs.", "--json");

  /** What a command with its parameters asks for; the user object of each that does something. */
  @FunctionalInterface
  interface Maker extends Function<RequestReader, Request> {}

  private CommandTree() {}

  static CommandSpec root() {
    CommandSpec root = group("Prompt files in, finished videos delivered, pod stopped.");
    root.name(NAME);
    root.addOption(
        Specs.flag("Print versions and licence, and end.", "-V", "--version")
            .versionHelp(true)
            .build());
    root.addOption(
        Specs.value("--config", "FILE", "Settings. Default: prompt-runner.yaml, if it exists.")
            .scopeType(ScopeType.INHERIT)
            .build());
    root.addOption(
        Specs.flag("No colours; the variable NO_COLOR does the same.", "--no-color")
            .scopeType(ScopeType.INHERIT)
            .build());
    root.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
    addCommands(root);
    return root;
  }

  private static void addCommands(CommandSpec root) {
    root.addSubcommand("run", run());
    root.addSubcommand("plan", plan());
    root.addSubcommand(
        "status",
        command(
                read -> new Request.Status(read.common()),
                "Show what is done, runs and waits in an output folder, also while a run goes on.",
                OUTPUT)
            .addOption(JSON.build()));
    root.addSubcommand("why", why());
    root.addSubcommand(
        "retry",
        command(
            read -> new Request.Retry(read.common()),
            "Let what failed be tried again by the next run.",
            OUTPUT));
    root.addSubcommand(
        "cancel",
        command(
                read -> new Request.Cancel(read.common(), read.flag("--finish-running")),
                "Ask the run on an output folder to end; what is done is kept.",
                OUTPUT)
            .addOption(
                Specs.flag(
                        "Let it finish what is being rendered, and begin nothing more.",
                        "--finish-running")
                    .build()));
    ExploreTree.addTo(root);
    root.addSubcommand("recipe", recipe());
    root.addSubcommand("doctor", doctor());
    root.addSubcommand("config", config());
    root.addSubcommand("comfyui", comfyui());
    root.addSubcommand("simulator", simulator());
  }

  private static CommandSpec run() {
    return command(
            read -> new Request.Run(read.common()),
            "Render prompt files to finished videos and deliver them. Given again, it resumes.",
            SettingOption.ofRun())
        .addPositional(Specs.paths())
        .addOption(Specs.flag("Print one event a line in JSON, for programs.", "--json").build());
  }

  private static CommandSpec plan() {
    return command(
            read -> new Request.ShowPlan(read.common(), read.path("--out")),
            "Show what run would do with the same options, without doing it.",
            SettingOption.ofRun())
        .addPositional(Specs.paths())
        .addOption(
            Specs.value("--out", "DIR", "Write every job's workflow as it would be sent.").build())
        .addOption(JSON.build());
  }

  private static CommandSpec why() {
    return command(
            read -> new Request.Why(read.common(), read.parameter()),
            "Tell why a job was, or was not, done again.",
            OUTPUT)
        .addPositional(Specs.parameter("JOB", "The job's id, such as walk_3f2a91c0/job_003.", "1"));
  }

  private static CommandSpec recipe() {
    return group("Work on recipes.")
        .addSubcommand(
            "check",
            command(
                read -> new Request.RecipeCheck(read.common()),
                "Report everything in the recipe that its workflows do not have, and, with"
                    + " --comfyui, that the server does not have.",
                List.of(SettingOption.RECIPE, SettingOption.COMFYUI)));
  }

  private static CommandSpec doctor() {
    return command(
            read -> new Request.Doctor(read.common()),
            "Look at everything that a run with the same options relies on, and tell what is wrong"
                + " and what to do. Exit code 0 without problems, else 1.",
            SettingOption.ofRun())
        .addPositional(Specs.paths())
        .addOption(JSON.build());
  }

  private static CommandSpec config() {
    return group("Work on settings.")
        .addSubcommand(
            "show",
            command(
                    read -> new Request.ConfigShow(read.common()),
                    "Print every setting with where it came from: option, environment, file or"
                        + " default.",
                    SettingOption.ofRun())
                .addOption(JSON.build()));
  }

  private static CommandSpec comfyui() {
    return group("Start, stop and look at ComfyUI's processes on this machine.")
        .addSubcommand(
            "start",
            comfyui(
                Request.Comfyui.Action.START,
                "Start every server that does not run, and wait until it takes jobs."))
        .addSubcommand(
            "stop",
            comfyui(Request.Comfyui.Action.STOP, "Stop every server that was started from here."))
        .addSubcommand(
            "restart", comfyui(Request.Comfyui.Action.RESTART, "Stop and start every server."))
        .addSubcommand(
            "status",
            comfyui(
                    Request.Comfyui.Action.STATUS,
                    "Show process, version, flags, queue, memory and last error of every server."
                        + " Ends with 4 when one does not answer.")
                .addOption(JSON.build()));
  }

  private static CommandSpec comfyui(Request.Comfyui.Action action, String what) {
    return command(
        read -> new Request.Comfyui(read.common(), action),
        what,
        List.of(SettingOption.COMFYUI, SettingOption.COMFYUI_WAIT, SettingOption.OUTPUT));
  }

  private static CommandSpec simulator() {
    return command(
        read -> new Request.Simulator(read.common()),
        "Serve a ComfyUI that renders on the CPU, for trying things out.",
        List.of(SettingOption.PORT));
  }

  private static CommandSpec group(String what) {
    return Specs.described(CommandSpec.create(), what);
  }

  static CommandSpec command(Maker maker, String what, List<SettingOption> settings) {
    CommandSpec spec = Specs.described(CommandSpec.wrapWithoutInspection(maker), what);
    settings.forEach(setting -> spec.addOption(Specs.of(setting)));
    return spec;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(Integer.toString(code.code()), code.meaning()));
    return codes;
  }
}
