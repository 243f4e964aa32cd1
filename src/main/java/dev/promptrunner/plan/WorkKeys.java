package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.workflow.Recipe;
import java.math.BigInteger;

/** The digest of everything that changes a pixel of the final video. */
final class WorkKeys {
  private final StringBuilder text = new StringBuilder("prompt-runner work 1\n");

  private WorkKeys() {}

  static WorkKey of(
      Candidate candidate,
      int frames,
      FrameSize size,
      BigInteger seed,
      Recipe recipe,
      PlanSettings settings) {
    PromptFile prompt = candidate.prompt();
    WorkKeys keys =
        settings.simulated() ? new WorkKeys().with("engine", "simulator") : new WorkKeys();
    return keys.with("video name", prompt.videoName())
        .with("frames", frames)
        .with("positive", prompt.positive())
        .with("negative", prompt.negative())
        .with("control video", candidate.source().digest())
        .with("reference", candidate.referenceDigest().map(Digest::hex).orElse(""))
        .with("recipe", recipe.digest())
        .with("frames per chunk", settings.framesPerChunk())
        .with("overlap", settings.overlap())
        .with("size", size)
        .with("seed", seed)
        .with("combine", settings.combine())
        .key();
  }

  /** Lengths stand before the values, so that no two lists of values read the same. */
  private WorkKeys with(String name, Object value) {
    String written = value.toString();
    text.append(name).append(' ').append(written.length()).append(' ').append(written).append('\n');
    return this;
  }

  private WorkKey key() {
    return new WorkKey(Digest.of(text.toString()));
  }
}
