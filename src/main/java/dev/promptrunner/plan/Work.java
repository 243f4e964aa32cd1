package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.prompt.PromptFile;
import java.util.List;

/**
 * One prompt file's way to its final video.
 *
 * @param name for folders and files: the video name, or {@code {video}-{prompt file}} when another
 *     prompt file of the run already has it
 * @param frames of the final video before the combine workflow multiplies them
 * @param finalFrames of the final video as it is delivered
 * @param size of the rendered frames
 * @param rate of the segments
 * @param jobs in the order in which they depend on each other
 */
public record Work(
    String name,
    WorkKey key,
    PromptFile prompt,
    SourceVideo source,
    int frames,
    int finalFrames,
    FrameSize size,
    FrameRate rate,
    List<Chunk> chunks,
    List<Job> jobs) {
  public Work {
    chunks = List.copyOf(chunks);
    jobs = List.copyOf(jobs);
  }

  /** {@code walk_3f2a91c0}: what all its job ids begin with. */
  public String id() {
    return name + "_" + key.key8();
  }

  /** The prompt file as it was given; tells an older state of it from another file. */
  public String promptFile() {
    return prompt.file().toString();
  }

  /** The final video's path under the output root. */
  public String finalPath() {
    return Names.finalVideo(name);
  }
}
