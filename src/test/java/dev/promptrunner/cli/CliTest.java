package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.Wish;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sweep.Exploration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

class CliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Recorder recorder = new Recorder();
  private int created;

  private int execute(String... arguments) {
    Cli cli =
        new Cli(
            () -> {
              created++;
              return recorder;
            },
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return cli.execute(arguments);
  }

  @Test
  void run_takes_paths_and_turns_options_into_overrides_by_key() {
    int code =
        execute(
            ("run a.txt night --engine simulator --comfyui http://a:1 --comfyui=http://b:2"
                    + " --comfyui-wait 90s --output o --recipe r.yaml --frames-per-chunk 50"
                    + " --overlap 10 --size 832x480 --seed 42 --combine copy --order wave"
                    + " --deliver gs://b/p --after stop --watch --idle-exit 10m --keep"
                    + " --short-control-video clamp --config c.yaml --json --no-color")
                .split(" "));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(recorder.only())
        .isEqualTo(
            new Request.Run(
                new Request.Common(
                    Optional.of(Path.of("c.yaml")),
                    Map.ofEntries(
                        Map.entry("engine", List.of("simulator")),
                        Map.entry("comfyui.url", List.of("http://a:1", "http://b:2")),
                        Map.entry("comfyui.wait", List.of("90s")),
                        Map.entry("output", List.of("o")),
                        Map.entry("recipe", List.of("r.yaml")),
                        Map.entry("frames-per-chunk", List.of("50")),
                        Map.entry("overlap", List.of("10")),
                        Map.entry("size", List.of("832x480")),
                        Map.entry("seed", List.of("42")),
                        Map.entry("combine", List.of("copy")),
                        Map.entry("order", List.of("wave")),
                        Map.entry("deliver", List.of("gs://b/p")),
                        Map.entry("after", List.of("stop")),
                        Map.entry("watch", List.of("true")),
                        Map.entry("idle-exit", List.of("10m")),
                        Map.entry("keep", List.of("true")),
                        Map.entry("short-control-video", List.of("clamp")),
                        Map.entry("prompt-files", List.of("a.txt", "night"))),
                    true,
                    true)));
  }

  @Test
  void nothing_given_overrides_nothing() {
    execute("run");
    assertThat(recorder.only())
        .isEqualTo(new Request.Run(new Request.Common(Optional.empty(), Map.of(), false, false)));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void every_command_becomes_its_request(String line, Request expected) {
    assertThat(execute(line.split(" "))).isZero();
    assertThat(recorder.only()).isEqualTo(expected);
  }

  static List<Object[]> lines() {
    Request.Common none = new Request.Common(Optional.empty(), Map.of(), false, false);
    Request.Common output =
        new Request.Common(Optional.empty(), Map.of("output", List.of("o")), false, false);
    Request.Common json = new Request.Common(Optional.empty(), Map.of(), true, false);
    return List.of(
        new Object[] {
          "plan a.txt --out dir --json",
          new Request.ShowPlan(
              new Request.Common(
                  Optional.empty(), Map.of("prompt-files", List.of("a.txt")), true, false),
              Optional.of(Path.of("dir")))
        },
        new Object[] {"status --output o", new Request.Status(output)},
        new Object[] {"status --json", new Request.Status(json)},
        new Object[] {"why --output o w_1/job_003", new Request.Why(output, "w_1/job_003")},
        new Object[] {"retry", new Request.Retry(none)},
        new Object[] {"cancel --output o", new Request.Cancel(output, false)},
        new Object[] {
          "recipe check --recipe r.yaml --comfyui http://a:1",
          new Request.RecipeCheck(
              new Request.Common(
                  Optional.empty(),
                  Map.of("recipe", List.of("r.yaml"), "comfyui.url", List.of("http://a:1")),
                  false,
                  false))
        },
        new Object[] {
          "--config c.yaml config show",
          new Request.ConfigShow(
              new Request.Common(Optional.of(Path.of("c.yaml")), Map.of(), false, false))
        },
        new Object[] {
          "comfyui status --json",
          new Request.Comfyui(
              new Request.Common(Optional.empty(), Map.of(), true, false),
              Request.Comfyui.Action.STATUS)
        },
        new Object[] {"comfyui restart", new Request.Comfyui(none, Request.Comfyui.Action.RESTART)},
        new Object[] {"cancel --finish-running", new Request.Cancel(none, true)},
        new Object[] {
          "analyze w.json --set cfg=3 --set steps=8 --run",
          new Request.Analyze(
              none,
              Path.of("w.json"),
              false,
              Optional.empty(),
              Optional.empty(),
              List.of("cfg=3", "steps=8"),
              true)
        },
        new Object[] {
          "analyze w.json --server --object-info o.json --out s.yaml",
          new Request.Analyze(
              none,
              Path.of("w.json"),
              true,
              Optional.of(Path.of("o.json")),
              Optional.of(Path.of("s.yaml")),
              List.of(),
              false)
        },
        new Object[] {
          "sweep s.yaml --dry-run --only-failed --order as-listed",
          new Request.Explore(
              none,
              new Wish.Sweep(
                  Path.of("s.yaml"), new Wish.Manner(true, true, false, Optional.empty(), false)),
              Exploration.Kind.SWEEP,
              true,
              false)
        },
        new Object[] {
          "shots s.yaml --yes --json",
          new Request.Explore(
              json,
              new Wish.Shots(Path.of("s.yaml"), Wish.Manner.USUAL),
              Exploration.Kind.SHOTS,
              false,
              true)
        },
        new Object[] {
          "iterate w.json -n 5 --seeds increment --series 2 --stop-on-error --on-finished ls",
          new Request.Explore(
              none,
              new Wish.Iterate(
                  Path.of("w.json"),
                  5,
                  SeedMode.INCREMENT,
                  2,
                  List.of(),
                  new Wish.Manner(false, true, true, Optional.of("ls"), true)),
              Exploration.Kind.ITERATIONS,
              false,
              false)
        },
        new Object[] {
          "contact-sheet out --pdf --reference r.mp4",
          new Request.Sheet(none, Path.of("out"), Optional.of(Path.of("r.mp4")), true, false)
        },
        new Object[] {
          "sweep best out --weights motion=1 --top 3",
          new Request.Best(none, Path.of("out"), Optional.empty(), Optional.of("motion=1"), 3)
        },
        new Object[] {"simulator", new Request.Simulator(none)},
        new Object[] {
          "simulator --port 0",
          new Request.Simulator(
              new Request.Common(
                  Optional.empty(), Map.of("simulator.port", List.of("0")), false, false))
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --frame-per-chunk 5|prompt-runner run: unknown option '--frame-per-chunk': did you"
            + " mean --frames-per-chunk?",
        "run --sed=5|prompt-runner run: unknown option '--sed=5': did you mean --seed?",
        "run --banana|prompt-runner run: unknown option '--banana': it has no such option",
        "rnu|prompt-runner: unknown command 'rnu': did you mean run?",
        "banana|prompt-runner: unknown command 'banana': give one of run, plan, status, why, retry,"
            + " cancel, analyze, sweep, shots, iterate, contact-sheet, recipe, doctor, config,"
            + " comfyui, simulator",
        "recipe chekc|prompt-runner recipe: unknown command 'chekc': did you mean check?",
        "recipe|no command given: give one of check",
        "retry job_1|prompt-runner retry: unknown argument 'job_1': it takes no more",
        "run --engine comfy|--engine is 'comfy': give one of comfyui, simulator (did you mean"
            + " comfyui?)",
        "run --order wvae|--order is 'wvae': give one of adjacent, wave (did you mean wave?)",
        "run --output --json|Expected parameter for option '--output' but found '--json'",
        "run --seed|Missing required parameter for option '--seed' (N)",
        "why|Missing required parameter: 'JOB'",
        "sweep|Missing required parameter: 'FILE'",
        "sweep s.yaml --order listed|--order is 'listed': give one of grouped, as-listed (did you"
            + " mean as-listed?)",
        "analyze w.json --run --out s.yaml --server|--run was given with --server, --out: leave out"
            + " --server and --out, or give the rest in a command without --run",
        "iterate w.json|Missing required option: '--number=N'",
        "iterate w.json -n 0|--number is '0': give a whole number from 1 to 100000",
        "iterate w.json -n 3 --seeds randm|--seeds is 'randm': give one of random, increment,"
            + " fixed (did you mean random?)",
      })
  void wrong_usage_ends_with_2_and_a_remedy(String line, String message) {
    assertThat(execute(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines().findFirst()).hasValue(message);
    assertThat(err.toString().lines().toList().getLast())
        .startsWith("Try 'prompt-runner")
        .endsWith("--help'.");
    assertThat(out.toString()).isEmpty();
    assertThat(created).isZero();
  }

  @Test
  void all_wrong_choices_are_told_together() {
    assertThat(execute("run", "--after", "stp", "--combine", "cpoy")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--combine is 'cpoy'", "did you mean copy?", "--after is 'stp'", "mean stop?");
  }

  @Test
  void no_command_at_all_is_wrong_usage() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).startsWith("no command given: give one of run, plan,");
  }

  @Test
  void help_creates_nothing() {
    assertThat(execute("--help")).isZero();
    assertThat(execute("run", "--help")).isZero();
    assertThat(execute("--version")).isZero();
    assertThat(created).isZero();
    assertThat(out.toString())
        .contains("Prompt files in, finished videos delivered")
        .contains("130   cancelled")
        .contains("--frames-per-chunk=N")
        .contains("Java 25");
  }

  @Test
  void the_version_names_the_licence_of_the_ffmpeg_inside() {
    execute("--version");
    assertThat(out.toString()).contains("GPL build with libx264").contains("GPL-3.0-or-later");
  }

  /** The names are fixed by the design: scripts rely on them. */
  @Test
  void commands_and_options_are_those_of_the_design() {
    Map<String, String> found = new TreeMap<>();
    collect(CommandTree.root(), "", found);
    String settings =
        "--after --budget --combine --comfyui --comfyui-wait --deadline --deliver --engine"
            + " --frames-per-chunk --idle-exit --iterations --keep --order --output --overlap"
            + " --recipe --seed --short-control-video --size --watch";
    String explored = "--after --budget --comfyui --comfyui-wait --deadline --deliver --engine";
    String rendered =
        "--after --budget --comfyui --comfyui-wait --deadline --deliver --dry-run --engine";
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("", "--version"),
                Map.entry("run", "--json " + settings),
                Map.entry("plan", "--json --out " + settings),
                Map.entry("doctor", "--json " + settings),
                Map.entry("status", "--json --output"),
                Map.entry("why", "--output"),
                Map.entry("retry", "--output"),
                Map.entry("cancel", "--finish-running --output"),
                Map.entry(
                    "analyze",
                    "--json --out " + explored + " --object-info --output --run --server --set"),
                Map.entry("sweep", "--json " + rendered + " --only-failed --order --output --yes"),
                Map.entry("sweep best", "--reference --top --weights"),
                Map.entry("shots", "--json " + rendered + " --only-failed --order --output --yes"),
                Map.entry(
                    "iterate",
                    "--json "
                        + rendered
                        + " --number --on-finished --output --seeds --series --set --stop-on-error"
                        + " --yes -n"),
                Map.entry("contact-sheet", "--pdf --png --reference"),
                Map.entry("recipe", ""),
                Map.entry("recipe check", "--comfyui --recipe"),
                Map.entry("config", ""),
                Map.entry("config show", "--json " + settings),
                Map.entry("comfyui", ""),
                Map.entry("comfyui start", "--comfyui --comfyui-wait --output"),
                Map.entry("comfyui stop", "--comfyui --comfyui-wait --output"),
                Map.entry("comfyui restart", "--comfyui --comfyui-wait --output"),
                Map.entry("comfyui status", "--json --comfyui --comfyui-wait --output"),
                Map.entry("simulator", "--port")));
  }

  private static void collect(CommandSpec spec, String path, Map<String, String> found) {
    TreeSet<String> names = new TreeSet<>(spec.optionsMap().keySet());
    names.removeAll(List.of("-h", "--help", "-V", "--config", "--no-color"));
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(
        java.util.Comparator.comparing((String name) -> !List.of("--json").contains(name))
            .thenComparing(name -> !name.equals("--out"))
            .thenComparing(name -> name));
    found.put(path, String.join(" ", sorted));
    spec.subcommands()
        .forEach((name, sub) -> collect(sub.getCommandSpec(), (path + " " + name).strip(), found));
  }

  @Test
  void every_option_is_explained_with_its_default() {
    execute("run", "--help");
    long options = SettingOption.ofRun().size();
    String text = out.toString().replaceAll("\\s+", " ");
    assertThat(text.split("Default:", -1)).hasSizeGreaterThan((int) options + 1);
  }

  @Test
  void a_failure_outside_is_told_in_a_sentence_and_decides_the_code() {
    recorder.failure =
        Optional.of(
            new Failure.ServerLost(
                "asking http://a:1/system_stats", "no answer for 5m", "start ComfyUI"));
    assertThat(execute("run")).isEqualTo(4);
    assertThat(err.toString())
        .isEqualTo("asking http://a:1/system_stats: no answer for 5m — start ComfyUI\n");
  }

  @Test
  void an_interrupt_is_a_cancel() {
    recorder.interrupted = true;
    assertThat(execute("run")).isEqualTo(130);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void an_error_of_the_program_says_so() {
    recorder.broken = true;
    assertThat(execute("run")).isEqualTo(1);
    assertThat(err.toString())
        .contains("An error of Prompt Runner itself: java.lang.IllegalStateException: lost");
  }

  @Test
  void the_code_of_a_command_is_the_code_of_the_program() {
    recorder.code = ExitCode.DELIVERY_FAILED;
    assertThat(execute("run")).isEqualTo(5);
  }

  private static final class Recorder implements Commands {
    private final List<Request> requests = new ArrayList<>();
    private Optional<Failure> failure = Optional.empty();
    private boolean interrupted;
    private boolean broken;
    private ExitCode code = ExitCode.DELIVERED;

    Request only() {
      assertThat(requests).hasSize(1);
      return requests.getFirst();
    }

    private ExitCode take(Request request) throws FailureException, InterruptedException {
      requests.add(request);
      if (failure.isPresent()) {
        throw new FailureException(failure.get());
      }
      if (interrupted) {
        throw new InterruptedException();
      }
      if (broken) {
        throw new IllegalStateException("lost");
      }
      return code;
    }

    @Override
    public ExitCode run(Request.Run request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode plan(Request.ShowPlan request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode status(Request.Status request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode why(Request.Why request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode retry(Request.Retry request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode cancel(Request.Cancel request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode recipeCheck(Request.RecipeCheck request)
        throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode doctor(Request.Doctor request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode configShow(Request.ConfigShow request)
        throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode comfyui(Request.Comfyui request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode simulator(Request.Simulator request)
        throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode analyze(Request.Analyze request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode explore(Request.Explore request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode sheet(Request.Sheet request) throws FailureException, InterruptedException {
      return take(request);
    }

    @Override
    public ExitCode best(Request.Best request) throws FailureException, InterruptedException {
      return take(request);
    }
  }
}
