package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.ArtifactRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Does one job on the thread that calls it and brings its files to their places. Touches no status:
 * that is the owner's.
 */
final class Worker {
  private final Path root;
  private final Frames frames;
  private final Joiner joiner;
  private final Deliverer deliverer;
  private final Products products;

  Worker(Path root, Frames frames, Joiner joiner, Deliverer deliverer, Products products) {
    this.root = root;
    this.frames = frames;
    this.joiner = joiner;
    this.deliverer = deliverer;
    this.products = products;
  }

  Made work(Assignment assignment, Progress progress)
      throws FailureException, InterruptedException {
    Path staging = staging(assignment);
    try {
      return made(assignment, staging, progress);
    } catch (FailureException e) {
      throw tidied(staging, e);
    } catch (InterruptedException e) {
      throw tidied(staging, e);
    }
  }

  /** Half files of a try that failed would hold the space that the next one needs. */
  private static <E extends Exception> E tidied(Path staging, E failed) {
    try {
      Placement.remove(staging);
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
    return failed;
  }

  private Made made(Assignment assignment, Path staging, Progress progress)
      throws FailureException, InterruptedException {
    try {
      return switch (assignment.job().task()) {
        case Task.OnServer task -> onServer(assignment, task, staging, progress);
        case Task.CutReference cut -> cut(assignment, cut, staging);
        case Task.Join join -> joined(assignment, join, staging);
        case Task.Deliver _ ->
            new Made.Archived(
                deliverer.deliver(
                    VideoWork.of(assignment.work()), only(assignment.inputs()), progress));
      };
    } catch (IOException e) {
      throw new FailureException(unstored("storing what " + assignment.job().id() + " made", e), e);
    }
  }

  private Failure unstored(String attempted, IOException e) {
    return IoReason.disk(attempted, root, 0, e)
        .orElseGet(
            () ->
                new Failure.Transient(
                    attempted, IoReason.of(e), "check the permissions of " + root));
  }

  private Made onServer(Assignment assignment, Task.OnServer task, Path staging, Progress progress)
      throws FailureException, InterruptedException, IOException {
    Job job = assignment.job();
    RenderOrder order =
        new RenderOrder(
            job.id(),
            assignment.attempt().promptId(),
            assignment.maybeSent(),
            task,
            assignment.inputs(),
            job.products(),
            staging);
    Rendering rendering = assignment.server().orElseThrow().render(order, progress);
    return job.product(Role.RESULT).isPresent()
        ? settled(products.settle(job, rendering.results()), staging)
        : settle(assignment, rendering.files(), staging);
  }

  private Made cut(Assignment assignment, Task.CutReference cut, Path staging)
      throws FailureException, IOException {
    Path segment = only(assignment.inputs());
    Path png = staging.resolve("reference.png");
    Files.createDirectories(staging);
    frames.cut(segment, cut.index(frames.countIndexed(segment)), png);
    return settle(assignment, Map.of(Role.REFERENCE, png), staging);
  }

  private Made joined(Assignment assignment, Task.Join join, Path staging)
      throws FailureException, IOException {
    List<Joiner.Piece> pieces = new ArrayList<>();
    List<Need> needs = assignment.job().needs();
    for (Need need : needs) {
      Path file = Objects.requireNonNull(assignment.inputs().get(need.variable()));
      FrameRange whole = new FrameRange(0, frames.countIndexed(file));
      boolean last = need == needs.getLast();
      pieces.add(new Joiner.Piece(file, last ? join.keepOfLast().orElse(whole) : whole));
    }
    Path joined = staging.resolve("joined.mp4");
    Files.createDirectories(staging);
    joiner.join(pieces, joined);
    return settle(assignment, Map.of(Role.COMBINED, joined), staging);
  }

  private Made settle(Assignment assignment, Map<Role, Path> files, Path staging)
      throws FailureException, IOException {
    return settled(products.settle(assignment.work(), assignment.job(), files), staging);
  }

  private static Made settled(List<ArtifactRow> files, Path staging) throws IOException {
    Placement.remove(staging);
    return new Made.Files(files);
  }

  private Path staging(Assignment assignment) {
    return root.resolve(".staging").resolve(assignment.attempt().promptId());
  }

  private static Path only(Map<String, Path> inputs) {
    return inputs.values().iterator().next();
  }
}
