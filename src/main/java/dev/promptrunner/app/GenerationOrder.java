package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.JobResult;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.execution.Rendering;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.VideoProbe;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.Edit;
import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.PreparedWorkflow;
import dev.promptrunner.workflow.Template;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** One run of a workflow on one server: what is sent, and whatever comes back of it. */
record GenerationOrder(RenderOrder order, Task.Generate task, ServerFiles disk) {
  private static final String PREFIX = "filename_prefix";

  /** The graph with the names that the files have on the server, saving into the order's folder. */
  PreparedWorkflow prepare() throws FailureException, InterruptedException {
    Workflow graph = task.graph();
    List<Edit> edits = new ArrayList<>();
    for (Task.FileInput file : task.files()) {
      edits.add(set(file.node(), file.input(), onServer(file)));
    }
    graph.nodes().values().stream()
        .filter(GenerationOrder::saves)
        .forEach(node -> save(node, edits));
    return new PreparedWorkflow(graph.apply(edits).orThrow(), task.targets(), List.of());
  }

  private String onServer(Task.FileInput file) throws FailureException, InterruptedException {
    Path here = Objects.requireNonNull(order.inputs().get(file.variable()));
    return file.byPath() ? disk.input(order.promptId(), here) : disk.inputFile(here);
  }

  private static boolean saves(Node node) {
    return node.input(PREFIX).filter(Input.Literal.class::isInstance).isPresent();
  }

  /** Two savers must not number each other's files. */
  private void save(Node node, List<Edit> edits) {
    String stem = order.stem() + "_" + node.id().replaceAll("[^A-Za-z0-9]", "_");
    edits.add(set(node.id(), PREFIX, disk.outputPrefix(order.promptId(), stem)));
  }

  private static Edit set(String node, String input, String value) {
    return new Edit.Set(node, input, Template.literal(JsonNodeFactory.instance.stringNode(value)));
  }

  /** Brings all that was reported here; previews only when nothing else was. */
  Rendering collect(JobResult result, ComfyServer server)
      throws FailureException, InterruptedException {
    List<Path> taken = new ArrayList<>();
    for (OutputFile file : wanted(result)) {
      Path folder = folder(taken.size());
      // Its folder for what does not last is known to the server alone.
      taken.add(
          file.lasting()
              ? disk.take(file, folder)
              : server.fetch(file, folder.resolve(file.filename())).path());
    }
    return Rendering.ofResults(taken);
  }

  /**
   * Node by node in the order of the targets. The history's own order changes from job to job, and
   * a file must have the same name in each run for runs to compare.
   */
  List<OutputFile> wanted(JobResult result) {
    Set<String> nodes = new LinkedHashSet<>(task.targets());
    nodes.addAll(task.workflow().nodes().keySet());
    List<String> places = List.copyOf(nodes);
    List<OutputFile> reported =
        result.outputs().stream()
            .distinct()
            .sorted(Comparator.comparingInt(file -> places.indexOf(file.nodeId())))
            .toList();
    List<OutputFile> lasting = reported.stream().filter(OutputFile::lasting).toList();
    return lasting.isEmpty() ? reported : lasting;
  }

  /**
   * What a server finished that has forgotten the job since: only where the workflow is run for one
   * video, and that video is whole.
   */
  Optional<Rendering> salvage() throws FailureException {
    List<Path> videos =
        disk.leftBehind(order.promptId()).stream()
            .filter(file -> file.toString().endsWith(".mp4"))
            .toList();
    return task.targets().size() == 1 && videos.size() == 1 && isWhole(videos.getFirst())
        ? Optional.of(taken(videos.getFirst()))
        : Optional.empty();
  }

  private Rendering taken(Path video) throws FailureException {
    Map<Role, Path> taken = disk.takeLeft(Map.of(Role.RESULT, video), folder(0));
    return Rendering.ofResults(List.copyOf(taken.values()));
  }

  private static boolean isWhole(Path video) {
    try {
      return VideoProbe.probe(video).frames() > 0;
    } catch (MediaException _) {
      return false;
    }
  }

  /** Names are unique within one node's files only. */
  private Path folder(int number) throws FailureException {
    Path folder = order.staging().resolve(Integer.toString(number));
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw ComfyRenderer.unwritable(order, e);
    }
  }
}
