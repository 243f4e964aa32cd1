package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.LocatedTree;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sweep files as text, and the workflows that they are tried on. */
final class Sweeps {
  private static final Path FOLDER = Path.of("src/test/resources/workflows-explore");

  /** A picture of a checkpoint: parameters seed, sampler_cfg, sampler_steps, positive_text … */
  static final String PICTURE = "sd15-text-to-image";

  /** A video of two models: parameters model_high_name, high_seed, low_seed … */
  static final String VIDEO = "wan22-t2v-two-experts";

  private Sweeps() {}

  static Workflow workflow(String example) {
    try {
      String text = Files.readString(FOLDER.resolve(example + ".json"));
      return Workflow.read(example + ".json", text).orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Parameters parameters(String example) {
    return Parameters.of(workflow(example), Optional.empty());
  }

  /** With what a real server says of its nodes. */
  static Parameters onServer(String example) {
    return Parameters.of(workflow(example), Optional.of(server()));
  }

  static ObjectInfo server() {
    try (InputStream in = Sweeps.class.getResourceAsStream("/comfyui-fixtures/object_info.json")) {
      return ObjectInfo.parse("object_info.json", Objects.requireNonNull(in).readAllBytes())
          .orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as the file {@code s.yaml}. */
  static Reading<SweepFile> read(String text) {
    Path file = Path.of("s.yaml");
    return LocatedTree.parse("s.yaml", text.getBytes(StandardCharsets.UTF_8), SweepFile.FORM)
        .then(tree -> new SweepReader(file, tree).read());
  }

  /** The same with the line that names the workflow before it; so the text begins at line 2. */
  static SweepFile file(String text) {
    return read("workflow: w.json\n" + text).orThrow();
  }

  static Reading<List<Run>> table(String text, Parameters parameters) {
    return new SweepTable(file(text), parameters).runs();
  }

  /** The runs of a text without mistakes on {@link #PICTURE}. */
  static List<Run> runs(String text) {
    return table(text, parameters(PICTURE)).orThrow();
  }

  /** What is wrong with it, as users read it. */
  static List<String> problems(Reading<?> reading) {
    return reading.problems().stream().map(Problem::toString).toList();
  }

  /** The value as a user reads it. */
  static String value(Run run, String parameter) {
    JsonNode value = Objects.requireNonNull(run.values().get(parameter), parameter);
    return value.isString() ? value.stringValue() : value.toString();
  }

  static List<String> values(List<Run> runs, String parameter) {
    return runs.stream().map(run -> value(run, parameter)).toList();
  }
}
