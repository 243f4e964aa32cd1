package dev.promptrunner.execution;

import dev.promptrunner.store.ArtifactRow;
import java.util.List;

/** What a job left: files in their places, or an archive in the store. */
sealed interface Made {
  /** Proven and in place, ready to be stored. */
  record Files(List<ArtifactRow> artifacts) implements Made {
    public Files {
      artifacts = List.copyOf(artifacts);
    }

    int frames() {
      return artifacts.stream().mapToInt(ArtifactRow::frames).max().orElse(0);
    }
  }

  /** Read back from the object store. */
  record Archived(Deliverer.Receipt receipt) implements Made {}
}
