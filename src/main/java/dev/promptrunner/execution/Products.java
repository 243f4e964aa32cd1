package dev.promptrunner.execution;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proves what a job made and brings it to its name. Safe for concurrent use. */
final class Products {
  private final Path root;
  private final Frames frames;
  private final Store store;

  Products(Path root, Frames frames, Store store) {
    this.root = root;
    this.frames = frames;
    this.store = store;
  }

  /**
   * Checks every product of the job, then moves it into place.
   *
   * @param files by role; the final video is another name of the combined one
   * @throws FailureException {@code BadOutput} when one is missing, empty or has another number of
   *     frames than it may have; nothing was moved then
   */
  List<ArtifactRow> settle(Work work, Job job, Map<Role, Path> files)
      throws FailureException, IOException {
    List<Proven> proven = new ArrayList<>();
    for (Product product : job.products()) {
      if (product.role() != Role.FINAL) {
        proven.add(prove(job, product, Optional.ofNullable(files.get(product.role()))));
      }
    }
    List<ArtifactRow> artifacts = new ArrayList<>();
    for (Proven file : proven) {
      Placement.move(file.file(), root.resolve(file.product().path()));
      artifacts.add(row(job, file.product(), file));
      if (file.product().role() == Role.COMBINED) {
        Optional<Product> last = job.product(Role.FINAL);
        if (last.isPresent()) {
          keepEarlierFinal(work, last.get(), file.digest());
          Placement.link(root.resolve(file.product().path()), root.resolve(last.get().path()));
          artifacts.add(row(job, last.get(), file));
        }
      }
    }
    return artifacts;
  }

  /**
   * Checks whatever a workflow reported, then moves it to the job's folder: {@code 007.mp4}, the
   * next {@code 007_2.png}.
   *
   * @throws FailureException {@code BadOutput} when there is nothing, or one of them is empty or
   *     does not decode; nothing was moved then
   */
  List<ArtifactRow> settle(Job job, List<Path> results) throws FailureException, IOException {
    Product named = job.product(Role.RESULT).orElseThrow();
    if (results.isEmpty()) {
      throw bad(
          job,
          named,
          "the workflow reported no file",
          "give it an output node that saves something, such as SaveImage or SaveVideo");
    }
    List<Proven> proven = new ArrayList<>();
    for (Path result : results) {
      proven.add(proveResult(job, numbered(named, proven.size() + 1, result), result));
    }
    List<ArtifactRow> artifacts = new ArrayList<>();
    for (Proven file : proven) {
      Placement.move(file.file(), root.resolve(file.product().path()));
      String role = Role.RESULT.stored(artifacts.size() + 1);
      artifacts.add(row(job, role, file.product(), file));
    }
    return artifacts;
  }

  private static Product numbered(Product named, int number, Path result) {
    String name = result.getFileName().toString();
    String ending = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    String suffix = number == 1 ? "" : "_" + number;
    return Product.file(Role.RESULT, named.path() + suffix + ending);
  }

  private Proven proveResult(Job job, Product product, Path file)
      throws FailureException, IOException {
    long size = Files.size(file);
    if (size == 0) {
      throw bad(job, product, "the file is empty");
    }
    return new Proven(product, file, size, Digest.of(file), countResult(job, product, file));
  }

  private int countResult(Job job, Product product, Path file) throws FailureException {
    try {
      return frames.countResult(file);
    } catch (FailureException e) {
      throw ofJob(job, product, e);
    }
  }

  private record Proven(Product product, Path file, long size, Digest digest, int frames) {}

  private static ArtifactRow row(Job job, Product product, Proven file) {
    return row(job, product.role().name(), product, file);
  }

  private static ArtifactRow row(Job job, String role, Product product, Proven file) {
    return new ArtifactRow(
        job.id(), role, product.path(), file.size(), file.digest(), file.frames(), false);
  }

  private Proven prove(Job job, Product product, Optional<Path> made)
      throws FailureException, IOException {
    Path file = made.orElseThrow(() -> bad(job, product, "the job left no such file"));
    long size = Files.size(file);
    if (size == 0) {
      throw bad(job, product, "the file is empty");
    }
    int counted = product.isVideo() ? count(job, product, file) : 0;
    if (!product.allows(counted)) {
      throw bad(
          job, product, "it has %d frames, expected %s".formatted(counted, product.expected()));
    }
    if (product.role() == Role.SEGMENT) {
      requireSomethingToSee(job, product, file);
    }
    return new Proven(product, file, size, Digest.of(file), counted);
  }

  /** Joined videos were proven piece by piece; only the last of them is decoded once more. */
  private int count(Job job, Product product, Path file) throws FailureException {
    boolean between = job.task() instanceof Task.Join && job.product(Role.FINAL).isEmpty();
    try {
      return between ? frames.countIndexed(file) : frames.count(file);
    } catch (FailureException e) {
      throw ofJob(job, product, e);
    }
  }

  /** What to do about a broken file depends on who made it: this one is the job's. */
  private static FailureException ofJob(Job job, Product product, FailureException e) {
    return e.failure() instanceof Failure.BadOutput broken ? bad(job, product, broken.found()) : e;
  }

  private void requireSomethingToSee(Job job, Product product, Path file) throws FailureException {
    Optional<String> flaw = frames.flaw(file);
    if (flaw.isPresent()) {
      throw bad(
          job,
          product,
          flaw.get(),
          "look at the model files, the precision and the prompt; if it is meant to be so, switch"
              + " the check off");
    }
  }

  private static FailureException bad(Job job, Product product, String found) {
    return bad(
        job,
        product,
        found,
        "see whether the server's disk is full, what its log says, and what the workflow's"
            + " output nodes save");
  }

  private static FailureException bad(Job job, Product product, String found, String remedy) {
    return new FailureException(
        new Failure.BadOutput("checking " + product.path() + " of " + job.id(), found, remedy));
  }

  /** A changed prompt file is new work under the same name: its earlier final video is kept. */
  private void keepEarlierFinal(Work work, Product last, Digest now) throws IOException {
    Path target = root.resolve(last.path());
    if (!Files.exists(target) || Digest.of(target).equals(now)) {
      return;
    }
    Digest before = Digest.of(target);
    for (WorkRow earlier : store.works()) {
      if (earlier.name().equals(work.name()) && !earlier.key().equals(work.key())) {
        for (ArtifactRow artifact : store.artifactsOf(earlier.id())) {
          if (artifact.path().equals(last.path()) && artifact.sha256().equals(before)) {
            String kept = last.path().replace(".mp4", "_" + earlier.key().key8() + ".mp4");
            Files.move(target, root.resolve(kept), StandardCopyOption.ATOMIC_MOVE);
            store.moveArtifact(artifact.job(), artifact.role(), kept);
            return;
          }
        }
      }
    }
  }
}
