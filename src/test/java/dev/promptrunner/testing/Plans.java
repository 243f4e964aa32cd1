package dev.promptrunner.testing;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.plan.Candidate;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.plan.SourceVideo;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.workflow.Recipe;
import java.nio.file.Path;
import java.util.Optional;

/** Prompt files, settings and works for tests, on the shipped recipe. */
public final class Plans {
  private Plans() {}

  public static Recipe recipe() {
    return Recipe.read(Path.of("workflows/wan22-vace.yaml")).orThrow();
  }

  public static PromptFile prompt(String file, String video, int frames) {
    return new PromptFile(
        Path.of(file + ".txt"),
        video,
        frames,
        "a man walks",
        "blur",
        Optional.empty(),
        Optional.empty(),
        new PromptFile.Lines(1, 3));
  }

  public static Candidate candidate(PromptFile prompt, int sourceFrames) {
    SourceVideo source =
        new SourceVideo(
            Path.of(prompt.videoName() + ".mp4"),
            Digest.of(prompt.videoName() + sourceFrames),
            sourceFrames,
            new FrameSize(64, 48),
            FrameRate.of(16));
    return new Candidate(prompt, source, Optional.empty());
  }

  public static PlanSettings settings(
      int perChunk, int overlap, CombineMode mode, JobOrder order, boolean deliver) {
    return new PlanSettings(
        perChunk, overlap, Optional.empty(), Optional.empty(), mode, order, false, deliver, false);
  }

  public static VideoWork work(String video, int frames, PlanSettings settings) {
    return new Planner(recipe(), settings)
        .plan(java.util.List.of(candidate(prompt(video, video, frames), frames + 8)), Known.NOTHING)
        .plan()
        .works()
        .getFirst();
  }
}
