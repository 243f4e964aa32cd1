package dev.promptrunner.cli;

import dev.promptrunner.app.Wish;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sweep.Exploration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands that explore a workflow, as data. */
final class ExploreTree {
  private static final int MOST_ITERATIONS = 100_000;
  private static final int MOST_SHOWN = 10_000;
  private static final int USUALLY_SHOWN = 20;

  private static final List<String> ORDERS = List.of("grouped", "as-listed");

  private static final List<SettingOption> SETTINGS =
      List.of(
          SettingOption.ENGINE,
          SettingOption.COMFYUI,
          SettingOption.COMFYUI_WAIT,
          SettingOption.OUTPUT,
          SettingOption.DELIVER,
          SettingOption.AFTER,
          SettingOption.DEADLINE,
          SettingOption.BUDGET);

  private static final String WORKFLOW =
      "A workflow, exported from ComfyUI with Workflow, Export (API).";

  private ExploreTree() {}

  static void addTo(CommandSpec root) {
    root.addSubcommand("analyze", analyze());
    root.addSubcommand("sweep", sweep().addSubcommand("best", best()));
    root.addSubcommand("shots", shots());
    root.addSubcommand("iterate", iterate());
    root.addSubcommand("contact-sheet", sheet());
  }

  private static CommandSpec analyze() {
    return CommandTree.command(
            read ->
                new Request.Analyze(
                    read.common(),
                    read.pathParameter(),
                    read.flag("--server"),
                    read.path("--object-info"),
                    read.path("--out"),
                    read.texts("--set"),
                    read.flagAlone("--run", "--server", "--object-info", "--out")),
            "List what of a workflow can be set, and write a sweep file to begin with.",
            SETTINGS)
        .addPositional(Specs.parameter("WORKFLOW", WORKFLOW, "1"))
        .addOption(Specs.flag("Ask the server for types, limits and choices.", "--server").build())
        .addOption(
            Specs.value(
                    "--object-info", "FILE", "The same from a file with a server's /object_info.")
                .build())
        .addOption(Specs.value("--out", "FILE", "Write a sweep file that runs as it is.").build())
        .addOption(set())
        .addOption(Specs.flag("Run the workflow with these values.", "--run").build())
        .addOption(json());
  }

  private static CommandSpec sweep() {
    return CommandTree.command(
            read ->
                explore(
                    read,
                    new Wish.Sweep(read.pathParameter(), manner(read)),
                    Exploration.Kind.SWEEP),
            "Render the points of a sweep file's space. Given again, it goes on where it stopped,"
                + " and of a changed file it renders only what is new.",
            SETTINGS)
        .addPositional(
            // Not required by the parser, which would ask for it with a subcommand too.
            Specs.parameter(
                "FILE", "A sweep file; analyze --out writes one to begin with.", "0..1"))
        .addOption(dryRun())
        .addOption(onlyFailed())
        .addOption(order())
        .addOption(yes())
        .addOption(json());
  }

  private static CommandSpec shots() {
    return CommandTree.command(
            read ->
                explore(
                    read,
                    new Wish.Shots(read.pathParameter(), manner(read)),
                    Exploration.Kind.SHOTS),
            "Render folders of shots, each with a sweep file's samples, so that shots compare.",
            SETTINGS)
        .addPositional(
            Specs.parameter(
                "FILE", "A sweep file whose section shots says what a shot's files are for.", "1"))
        .addOption(dryRun())
        .addOption(onlyFailed())
        .addOption(order())
        .addOption(yes())
        .addOption(json());
  }

  private static CommandSpec iterate() {
    return CommandTree.command(
            read ->
                explore(
                    read,
                    new Wish.Iterate(
                        read.pathParameter(),
                        read.number("--number", 1, MOST_ITERATIONS, 0),
                        read.choice("--seeds", SeedMode.keys(), SeedMode::of, SeedMode.RANDOM),
                        read.number("--series", 1, Integer.MAX_VALUE, 1),
                        read.texts("--set"),
                        new Wish.Manner(
                            false,
                            true,
                            read.flag("--stop-on-error"),
                            read.text("--on-finished"),
                            true)),
                    Exploration.Kind.ITERATIONS),
            "Render the same workflow several times; the first time as it is, then with new seeds.",
            SETTINGS)
        .addPositional(Specs.parameter("WORKFLOW", WORKFLOW, "1"))
        .addOption(
            OptionSpec.builder("-n", "--number")
                .type(String.class)
                .arity("1")
                .required(true)
                .paramLabel("N")
                .description("How many times, 1 to " + MOST_ITERATIONS + ".")
                .build())
        .addOption(
            Specs.value(
                    "--seeds",
                    "MODE",
                    "How seeds follow: random, increment, or fixed to see what one seed gives"
                        + " each time. Default: random.")
                .build())
        .addOption(
            Specs.value(
                    "--series",
                    "N",
                    "Which series of random seeds; the same one goes on where it stopped."
                        + " Default: 1.")
                .build())
        .addOption(set())
        .addOption(
            Specs.flag(
                    "End with the first iteration that fails. Default: tell of all at the end.",
                    "--stop-on-error")
                .build())
        .addOption(
            Specs.value(
                    "--on-finished",
                    "COMMAND",
                    "Run by sh after each iteration, with RUN, RUN_INDEX, RUN_STATE and RUN_FILE.")
                .build())
        .addOption(dryRun())
        .addOption(yes())
        .addOption(json());
  }

  private static CommandSpec sheet() {
    return CommandTree.command(
            read ->
                new Request.Sheet(
                    read.common(),
                    read.pathParameter(),
                    read.path("--reference"),
                    read.flag("--pdf"),
                    read.flag("--png")),
            "Make a page of the results in a folder, to sort, filter and compare them.",
            List.of())
        .addPositional(folder())
        .addOption(reference())
        .addOption(Specs.flag("Also a PDF for sending.", "--pdf").build())
        .addOption(Specs.flag("Also a PNG for sending.", "--png").build());
  }

  private static CommandSpec best() {
    return CommandTree.command(
            read ->
                new Request.Best(
                    read.common(),
                    read.pathParameter(),
                    read.path("--reference"),
                    read.text("--weights"),
                    read.number("--top", 1, MOST_SHOWN, USUALLY_SHOWN)),
            "Rank the results in a folder by what is measured of them, and show which parameter"
                + " goes with which measure.",
            List.of())
        .addPositional(folder())
        .addOption(
            Specs.value(
                    "--weights",
                    "MEASURE=N,…",
                    "What counts, such as sharpness=2,flicker=-1: less than 0 when less is"
                        + " better.")
                .build())
        .addOption(Specs.value("--top", "N", "How many are shown. Default: 20.").build())
        .addOption(reference());
  }

  private static Request explore(RequestReader read, Wish wish, Exploration.Kind kind) {
    return new Request.Explore(
        read.common(), wish, kind, read.flag("--dry-run"), read.flag("--yes"));
  }

  private static Wish.Manner manner(RequestReader read) {
    boolean asListed =
        read.choice(
                "--order", ORDERS, word -> Optional.of(word).filter(ORDERS::contains), "grouped")
            .equals("as-listed");
    return new Wish.Manner(read.flag("--only-failed"), asListed, false, Optional.empty(), false);
  }

  private static PositionalParamSpec folder() {
    return Specs.parameter(
        "DIR", "The folder of a sweep, or any folder with videos and images.", "1");
  }

  private static OptionSpec reference() {
    return Specs.value("--reference", "FILE", "A video that each is compared with: SSIM, PSNR.")
        .build();
  }

  private static OptionSpec dryRun() {
    return Specs.flag("Show every run, how long and how dear it is expected to be.", "--dry-run")
        .build();
  }

  private static OptionSpec onlyFailed() {
    return Specs.flag("Render only what failed before.", "--only-failed").build();
  }

  private static OptionSpec order() {
    return Specs.value(
            "--order",
            "ORDER",
            "grouped: what changes the model varies slowest; as-listed: run after run. Default:"
                + " grouped.")
        .build();
  }

  private static OptionSpec yes() {
    return Specs.flag("Do not ask before much is rendered.", "--yes").build();
  }

  private static OptionSpec set() {
    return Specs.values(
            "--set", "NAME=VALUE", "Set a parameter, by name or path; give it again for others.")
        .build();
  }

  private static OptionSpec json() {
    return Specs.flag("Answer in JSON, for programs.", "--json").build();
  }
}
