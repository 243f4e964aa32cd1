package dev.promptrunner.execution;

import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.store.ArtifactRow;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How large files of each role were, so that what a job will write can be foreseen: videos by the
 * frame, since a combined one grows, others whole. The largest counts. Not thread-safe.
 */
final class WrittenBefore {
  private final Map<Role, Double> perFrame = new EnumMap<>(Role.class);
  private final Map<Role, Long> whole = new EnumMap<>(Role.class);

  /** Learns from files of this run or of an earlier one, cleaned ones too. */
  void learn(Collection<ArtifactRow> artifacts) {
    for (ArtifactRow artifact : artifacts) {
      Role role = Role.ofStored(artifact.role());
      whole.merge(role, artifact.size(), Math::max);
      if (artifact.frames() > 0) {
        perFrame.merge(role, (double) artifact.size() / artifact.frames(), Math::max);
      }
    }
  }

  /** Bytes that the job will write; 0 when none like it has been seen. */
  long expected(Job job) {
    return job.products().stream().mapToLong(this::expected).sum();
  }

  private long expected(Product product) {
    // Another name of the combined video.
    if (product.role() == Role.FINAL) {
      return 0;
    }
    Double frame = perFrame.get(product.role());
    return product.isVideo() && frame != null
        ? (long) Math.ceil(frame * product.mostFrames())
        : whole.getOrDefault(product.role(), 0L);
  }
}
