package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.JobListener;
import dev.promptrunner.comfy.JobResult;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.comfy.Place;
import dev.promptrunner.comfy.ServerEvent;
import dev.promptrunner.comfy.Submission;
import dev.promptrunner.comfy.process.Supervisor;
import dev.promptrunner.execution.Progress;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.execution.Renderer;
import dev.promptrunner.execution.Rendering;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.ExpectedOutput;
import dev.promptrunner.workflow.PreparedWorkflow;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ComfyUI server behind the engine's port: brings the inputs to it, sends the order's workflow,
 * follows it, and brings the outputs back. Used by one job's thread at a time.
 */
final class ComfyRenderer implements Renderer {
  private static final Logger log = LoggerFactory.getLogger(ComfyRenderer.class);

  private final ComfyServer server;
  private final Optional<Recipe> recipe;
  private final Set<JobKind> kinds;
  private final Care care;
  private volatile @Nullable ServerFiles files;
  private String lastWork = "";

  /**
   * What is done for the server besides sending it jobs.
   *
   * @param longestAway how long it may be away before it is given up
   * @param supervisor of its process, when that is this program's to start
   * @param freeBetween whether its memory is freed between prompt files
   */
  record Care(Duration longestAway, Optional<Supervisor> supervisor, boolean freeBetween) {}

  /**
   * @param recipe of the passes; a run of workflows as they are needs none
   */
  ComfyRenderer(ComfyServer server, Optional<Recipe> recipe, Set<JobKind> kinds, Care care) {
    this.server = server;
    this.recipe = recipe;
    this.kinds = Set.copyOf(kinds);
    this.care = care;
  }

  @Override
  public String name() {
    return server.address();
  }

  @Override
  public boolean takes(JobKind kind) {
    return kinds.contains(kind);
  }

  @Override
  public String clientId() {
    return server.clientId();
  }

  @Override
  public Rendering render(RenderOrder order, Progress progress)
      throws FailureException, InterruptedException {
    ServerFiles disk = files();
    PreparedWorkflow prepared = prepared(order, disk);
    Place place = order.maybeSent() ? server.whereIs(order.promptId()) : new Place.Unknown();
    if (place instanceof Place.Unknown) {
      Optional<Rendering> left =
          order.maybeSent() ? salvaged(order, prepared, disk) : Optional.empty();
      if (left.isPresent()) {
        return left.get();
      }
      freeBetween(order.job().work());
      submit(order, prepared);
    }
    if (order.maybeSent()) {
      log.info("{}", takenUp(order, place));
    }
    JobResult result = server.follow(order.promptId(), kind(order), listener(progress));
    return collect(order, prepared, result, disk);
  }

  private PreparedWorkflow prepared(RenderOrder order, ServerFiles disk)
      throws FailureException, InterruptedException {
    return switch (order.task()) {
      case Task.Render render ->
          new OrderVariables(order, render, disk).prepare(recipe.orElseThrow());
      case Task.Generate generate -> new GenerationOrder(order, generate, disk).prepare();
    };
  }

  /** Jobs that make the same sort of thing take about as long. */
  private static String kind(RenderOrder order) {
    return order.products().getFirst().role().name();
  }

  private void freeBetween(String work) throws FailureException, InterruptedException {
    if (care.freeBetween() && !lastWork.isEmpty() && !lastWork.equals(work)) {
      server.free(true, true);
    }
    lastWork = work;
  }

  private static String takenUp(RenderOrder order, Place place) {
    return switch (place) {
      case Place.Unknown() -> order.job() + " was not on the server any more: it is sent again";
      case Place.Queued _ -> order.job() + " waits on the server: it is followed";
      case Place.Running() -> order.job() + " runs on the server: it is followed";
      case Place.Finished _ -> order.job() + " has ended on the server: its result is taken";
    };
  }

  private void submit(RenderOrder order, PreparedWorkflow prepared)
      throws FailureException, InterruptedException {
    Submission submission =
        server.submit(prepared.workflow().json(), order.promptId(), prepared.targets());
    switch (submission) {
      case Submission.Queued _ -> {}
      case Submission.Adopted adopted ->
          log.info("{} was on the server already: {}", order.job(), adopted.place());
      case Submission.Refused refused ->
          throw new FailureException(
              refused.rejection().failure("sending " + order.job() + " to " + name()));
    }
  }

  /** Steps are counted by the node that makes them; most are the sampler's. */
  private static JobListener listener(Progress progress) {
    return event -> {
      if (event instanceof ServerEvent.Progress step && step.max() > 0) {
        progress.at("node " + step.node(), Math.round(step.value()), Math.round(step.max()));
      }
    };
  }

  private Rendering collect(
      RenderOrder order, PreparedWorkflow prepared, JobResult result, ServerFiles disk)
      throws FailureException, InterruptedException {
    if (order.task() instanceof Task.Generate generate) {
      return new GenerationOrder(order, generate, disk).collect(result, server);
    }
    Path folder = folder(order);
    Map<Role, Path> made = new EnumMap<>(Role.class);
    for (Product product : order.products()) {
      ExpectedOutput output = output(prepared, product);
      if (output == null) {
        continue;
      }
      switch (output) {
        case ExpectedOutput.Reported reported ->
            made.put(product.role(), disk.take(reported(order, reported, result), folder));
        case ExpectedOutput.Written written ->
            made.put(product.role(), disk.takeWritten(order.promptId(), written, folder));
      }
    }
    return new Rendering(made);
  }

  private static OutputFile reported(
      RenderOrder order, ExpectedOutput.Reported output, JobResult result) throws FailureException {
    return result.of(output.node()).stream()
        .filter(file -> output.kind() != ExpectedOutput.Kind.VIDEO || file.video())
        .findFirst()
        .map(file -> file.silentTwin().orElse(file))
        .orElseThrow(
            () ->
                new FailureException(
                    new Failure.BadOutput(
                        "collecting the outputs of " + order.job(),
                        "node "
                            + output.node()
                            + " reported no file; the server reported "
                            + result.outputs(),
                        "see whether the recipe names the right output node")));
  }

  /**
   * The server forgot the job, as a restart makes it do, but may have finished it: a file that the
   * engine can prove is as good as a remembered one.
   */
  private Optional<Rendering> salvaged(
      RenderOrder order, PreparedWorkflow prepared, ServerFiles disk) throws FailureException {
    if (order.task() instanceof Task.Generate generate) {
      return new GenerationOrder(order, generate, disk).salvage();
    }
    List<Path> left = disk.leftBehind(order.promptId());
    Map<Role, Path> made = new EnumMap<>(Role.class);
    for (Product product : order.products()) {
      ExpectedOutput output = output(prepared, product);
      if (output != null) {
        Optional<Path> file = Leftovers.whole(left, output, product);
        if (file.isEmpty()) {
          return Optional.empty();
        }
        made.put(product.role(), file.get());
      }
    }
    log.info("{} was finished before the server forgot it", order.job());
    return Optional.of(new Rendering(disk.takeLeft(made, folder(order))));
  }

  private static @Nullable ExpectedOutput output(PreparedWorkflow prepared, Product product) {
    ExpectedOutput.Kind kind =
        switch (product.role()) {
          case LATENT -> ExpectedOutput.Kind.LATENT;
          case SEGMENT, ENHANCED, COMBINED -> ExpectedOutput.Kind.VIDEO;
          case REFERENCE -> ExpectedOutput.Kind.IMAGE;
          // The final video is another name of the combined one; results are not foreseen.
          case FINAL, RESULT -> null;
        };
    return prepared.outputs().stream()
        .filter(output -> output.kind() == kind)
        .findFirst()
        .orElse(null);
  }

  private static Path folder(RenderOrder order) throws FailureException {
    try {
      return Files.createDirectories(order.staging());
    } catch (IOException e) {
      throw unwritable(order, e);
    }
  }

  static FailureException unwritable(RenderOrder order, IOException e) {
    return new FailureException(
        new Failure.Transient(
            "making a folder for the outputs of " + order.job(),
            e.toString(),
            "see whether the output folder is writable"),
        e);
  }

  private ServerFiles files() throws FailureException, InterruptedException {
    ServerFiles known = files;
    if (known == null) {
      known = connect();
      files = known;
    }
    return known;
  }

  private ServerFiles connect() throws FailureException, InterruptedException {
    Folders shared = server.sharedFolders();
    boolean here = shared.input().isPresent() && shared.output().isPresent();
    log.info("{} {}", name(), here ? "shares this machine's disk" : "is another machine");
    return here ? new SharedDisk(shared) : new RemoteServer(server, server.folders());
  }

  @Override
  public void forget(String promptId) {
    ServerFiles known = files;
    if (known != null) {
      known.forget(promptId);
    }
    try {
      server.deleteHistory(promptId);
    } catch (FailureException e) {
      log.info("{} keeps the record of {}: {}", name(), promptId, e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void cancel(String promptId) throws FailureException, InterruptedException {
    server.interrupt(promptId);
    forget(promptId);
  }

  @Override
  public void freeMemory() throws FailureException {
    try {
      server.free(true, true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean restart(String why) {
    return care.supervisor().map(supervisor -> supervisor.restart(why)).orElse(false);
  }

  @Override
  public Optional<String> restartWanted() {
    return care.supervisor().flatMap(supervisor -> server.poisoned().or(supervisor::restartWanted));
  }

  /** A poisoned server answers, but nothing that it is sent can succeed. */
  @Override
  public void awaitReady() throws FailureException, InterruptedException {
    Optional<Supervisor> supervisor = care.supervisor();
    if (supervisor.isPresent()) {
      server.poisoned().ifPresent(supervisor.get()::restart);
      supervisor.get().awaitUp();
    }
    server.awaitReady(care.longestAway());
    files = null;
  }
}
