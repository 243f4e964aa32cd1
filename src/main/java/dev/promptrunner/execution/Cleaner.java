package dev.promptrunner.execution;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what later artifacts supersede, as soon as that is proven (domain §3): when a combine is
 * verified its segment, the segment's latent and the combined video before it go, unless a job that
 * is still to run needs them. Used by the run's owner alone.
 */
final class Cleaner {
  private static final Set<Role> SUPERSEDED =
      EnumSet.of(Role.LATENT, Role.SEGMENT, Role.ENHANCED, Role.COMBINED);

  private final Store store;
  private final Path root;

  Cleaner(Store store, Path root) {
    this.store = store;
    this.root = root;
  }

  /**
   * Cleans what the job that just finished made superfluous.
   *
   * @param missing the work's jobs that are still to be done
   */
  void after(Work work, Job finished, Set<JobId> missing) throws IOException {
    for (Job job : work.jobs()) {
      boolean combined = job.chunk() < finished.chunk() || chunkIsCombined(work, job, missing);
      if (job.chunk() <= finished.chunk() && combined) {
        clean(work, job, missing);
      }
    }
  }

  private void clean(Work work, Job job, Set<JobId> missing) throws IOException {
    for (Product product : missing.contains(job.id()) ? List.<Product>of() : job.products()) {
      if (SUPERSEDED.contains(product.role()) && superseded(work, job, product, missing)) {
        discard(job, product.role());
      }
    }
  }

  /** Cleans all that the works' finished jobs made superfluous, whenever that was. */
  void sweep(Work work, Set<JobId> missing) throws IOException {
    for (Job job : work.jobs()) {
      if (chunkIsCombined(work, job, missing)) {
        clean(work, job, missing);
      }
    }
  }

  /**
   * Cleans after works of earlier runs: of one whose final video is proven nothing else is needed.
   *
   * @param ours works of this run, whose jobs may still need their files
   */
  void sweepOthers(Set<String> ours, Evidence evidence) throws IOException {
    for (WorkRow work : store.works()) {
      if (work.state() == WorkState.DONE && !ours.contains(work.id())) {
        sweepOther(store.artifactsOf(work.id()), evidence);
      }
    }
  }

  private void sweepOther(List<ArtifactRow> artifacts, Evidence evidence) throws IOException {
    boolean proven =
        artifacts.stream()
            .filter(artifact -> artifact.role().equals(Role.FINAL.name()))
            .anyMatch(last -> evidence.doubt(last).isEmpty());
    for (ArtifactRow artifact : proven ? artifacts : List.<ArtifactRow>of()) {
      if (SUPERSEDED.contains(Role.ofStored(artifact.role()))) {
        discard(artifact, "superseded by the final video, when the disk was short");
      }
    }
  }

  private static boolean chunkIsCombined(Work work, Job of, Set<JobId> missing) {
    return work.jobs().stream()
        .filter(job -> job.chunk() == of.chunk())
        .filter(job -> job.kind() == JobKind.COMBINE || job.kind() == JobKind.JOIN)
        .noneMatch(job -> missing.contains(job.id()));
  }

  private static boolean superseded(Work work, Job by, Product product, Set<JobId> missing) {
    boolean read = false;
    for (Job job : work.jobs()) {
      for (Need need : job.needs()) {
        if (need instanceof Need.Made made
            && made.by().equals(by.id())
            && made.role() == product.role()) {
          if (missing.contains(job.id())) {
            return false;
          }
          read = true;
        }
      }
    }
    return read;
  }

  private void discard(Job job, Role role) throws IOException {
    ArtifactRow artifact = store.artifact(job.id(), role.name()).orElse(null);
    if (artifact != null) {
      discard(artifact, "superseded by the combined video");
    }
  }

  private void discard(ArtifactRow artifact, String why) throws IOException {
    if (!artifact.discarded()) {
      // The row first: a file without a row that claims it is litter, the reverse would be a lie.
      store.discardArtifact(artifact.job(), artifact.role(), why);
      Files.deleteIfExists(root.resolve(artifact.path()));
    }
  }
}
