package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.WholeFile;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.Edit;
import dev.promptrunner.workflow.Template;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What lies beside the results: the file that asked for them and the workflow as they were, and for
 * each run its parameters and the workflow with them, ready to be opened in ComfyUI.
 *
 * @param folder of the exploration
 */
record ExplorationFiles(Path folder, Exploration exploration) {
  /** Says what the folder holds; read when times are foreseen. */
  static final String ABOUT = "exploration.json";

  private static final JsonMapper JSON = new JsonMapper();

  /** Writes what belongs to all runs; an earlier sweep file that differs is kept beside it. */
  void write() throws IOException {
    ObjectNode about = JSON.createObjectNode();
    about.put("kind", exploration.kind().folder());
    about.put("name", exploration.name());
    about.put("asked_for_by", exploration.origin().toString());
    about.put("workflow", exploration.workflow().name());
    about.put("workflow_sha256", exploration.workflow().digest().toString());
    about.put("runs", exploration.runs().size());
    about.put("simulated", exploration.simulated());
    WholeFile.write(folder.resolve(ABOUT), pretty(about));
    WholeFile.write(folder.resolve("workflow.json"), exploration.workflow().text());
    switch (exploration.kind()) {
      case SWEEP, SHOTS -> keepSweepFile();
      case ITERATIONS, GENERATION -> {}
    }
  }

  /** Byte for byte: it may be in no encoding of ours. */
  private void keepSweepFile() throws IOException {
    Path kept = folder.resolve("sweep.yaml");
    byte[] now = Files.readAllBytes(exploration.origin());
    if (Files.exists(kept) && !Arrays.equals(Files.readAllBytes(kept), now)) {
      String name = "sweep_" + Digest.of(kept).hex().substring(0, 8) + ".yaml";
      Files.move(kept, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    WholeFile.write(kept, now);
  }

  /** Writes what belongs to a run that has ended. */
  void write(NamedRun run, Result result) throws IOException {
    Path own = folder.resolve(run.folder());
    ObjectNode params = JSON.createObjectNode();
    params.put("run", result.run());
    params.put("made", result.made());
    ObjectNode set = params.putObject("set");
    result.parameters().forEach(set::set);
    ObjectNode all = params.putObject("parameters");
    Map<String, JsonNode> values = run.run().values();
    for (Parameter parameter : exploration.parameters().all()) {
      all.set(parameter.name(), values.getOrDefault(parameter.name(), parameter.value()));
    }
    result.parameters().forEach(all::set);
    WholeFile.write(own.resolve("params.json"), pretty(params));
    WholeFile.write(own.resolve("workflow.json"), sent(run.work()).text());
  }

  /** As it was sent, but for where it saved: with the names that the files got on the server. */
  private static Workflow sent(Generation work) {
    Map<String, Need.Given> given =
        work.needs().stream()
            .filter(Need.Given.class::isInstance)
            .map(Need.Given.class::cast)
            .collect(Collectors.toMap(Need.Given::variable, need -> need));
    List<Edit> edits =
        work.task().files().stream()
            .map(file -> named(file, Objects.requireNonNull(given.get(file.variable()))))
            .toList();
    return work.task().graph().apply(edits).orThrow();
  }

  private static Edit named(Task.FileInput file, Need.Given given) {
    String name =
        file.byPath()
            ? given.file().toAbsolutePath().normalize().toString()
            : SharedDisk.inputName(given.digest(), given.file());
    return new Edit.Set(
        file.node(), file.input(), Template.literal(JsonNodeFactory.instance.stringNode(name)));
  }

  private static String pretty(ObjectNode json) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }
}
