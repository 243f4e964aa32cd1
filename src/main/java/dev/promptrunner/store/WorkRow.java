package dev.promptrunner.store;

import dev.promptrunner.base.WorkKey;
import java.util.Optional;

/**
 * One prompt file's work.
 *
 * @param name for files and folders; the first one stored for the key stays
 * @param frames of the final video
 * @param error why it failed, for a person; only when FAILED
 */
public record WorkRow(
    WorkKey key,
    String name,
    String promptFile,
    int frames,
    WorkState state,
    Optional<String> error) {
  /** A work that has just been planned. */
  public static WorkRow open(WorkKey key, String name, String promptFile, int frames) {
    return new WorkRow(key, name, promptFile, frames, WorkState.OPEN, Optional.empty());
  }

  /** {@code walk_3f2a91c0}: what the ids of its jobs begin with. */
  public String id() {
    return name + "_" + key.key8();
  }
}
