package dev.promptrunner.execution;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Role;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the store and the disk together can prove of a job's files. Safe for concurrent use. */
final class Evidence {
  private final Store store;
  private final Path root;

  Evidence(Store store, Path root) {
    this.store = store;
    this.root = root;
  }

  /** Where an artifact lies on this machine. */
  Path path(ArtifactRow artifact) {
    return root.resolve(artifact.path());
  }

  /** The artifact as it was stored, whether its file is still there or was cleaned since. */
  Optional<ArtifactRow> stored(JobId job, Role role) {
    return store.artifact(job, role.name());
  }

  /** All that the job left of this role: results may be several. */
  List<ArtifactRow> allStored(JobId job, Role role) {
    return role == Role.RESULT ? store.artifacts(job) : stored(job, role).stream().toList();
  }

  /**
   * Why the artifact's file is not what was stored; empty when size and digest agree. A file that
   * cannot be read proves nothing.
   */
  Optional<String> doubt(ArtifactRow artifact) {
    Path file = path(artifact);
    if (artifact.discarded()) {
      return Optional.of(artifact.path() + " was cleaned up");
    }
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.of(artifact.path() + " is missing");
      }
      if (Files.size(file) != artifact.size()) {
        return Optional.of(
            "%s has %d bytes, stored were %d"
                .formatted(artifact.path(), Files.size(file), artifact.size()));
      }
      return Digest.of(file).equals(artifact.sha256())
          ? Optional.empty()
          : Optional.of(artifact.path() + " has another content than was stored");
    } catch (IOException e) {
      return Optional.of(artifact.path() + " cannot be read: " + IoReason.of(e));
    }
  }

  /**
   * The fingerprint that the job would have with today's inputs; empty when an input is unknown.
   */
  Optional<Digest> fingerprint(WorkKey key, Job job) {
    Map<String, Digest> inputs = digests(job);
    return inputs.size() == job.needs().size()
        ? Optional.of(job.fingerprint(key, inputs))
        : Optional.empty();
  }

  /** The digests of the job's inputs, as far as they are known, by variable. */
  Map<String, Digest> digests(Job job) {
    Map<String, Digest> inputs = new HashMap<>();
    for (Need need : job.needs()) {
      switch (need) {
        case Need.Given given -> inputs.put(given.variable(), given.digest());
        case Need.Made made ->
            stored(made.by(), made.role())
                .ifPresent(artifact -> inputs.put(made.variable(), artifact.sha256()));
      }
    }
    return inputs;
  }

  /** The input files of a job that is ready, by variable. */
  Map<String, Path> inputs(Job job) {
    Map<String, Path> files = new HashMap<>();
    for (Need need : job.needs()) {
      files.put(
          need.variable(),
          switch (need) {
            case Need.Given given -> given.file();
            case Need.Made made ->
                path(
                    stored(made.by(), made.role())
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    job.id() + " is ready, but nothing made its " + made.role())));
          });
    }
    return files;
  }
}
