package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.prompt.PromptFile;
import java.util.List;
import java.util.Optional;

/**
 * One prompt file's way to its final video.
 *
 * @param finalFrames of the final video as it is delivered
 * @param rate of the segments
 * @param jobs in the order in which they depend on each other
 */
public record VideoWork(
    Blueprint blueprint,
    Layout layout,
    int finalFrames,
    FrameRate rate,
    List<Chunk> chunks,
    List<Job> jobs)
    implements Work {
  public VideoWork {
    chunks = List.copyOf(chunks);
    jobs = List.copyOf(jobs);
  }

  /**
   * For folders and files: the video name, or {@code {video}-{prompt file}} when another prompt
   * file of the run already has it.
   */
  /** The prompt file of a work that is stored with this place. */
  public static String promptFileOf(String place) {
    return place.replaceFirst("#iter_\\d+$", "");
  }

  /**
   * The work of a job that only videos have, such as a delivery.
   *
   * @throws IllegalStateException when it is another
   */
  public static VideoWork of(Work work) {
    if (work instanceof VideoWork video) {
      return video;
    }
    throw new IllegalStateException(work.id() + " is not made of chunks, and never delivered");
  }

  @Override
  public String name() {
    return blueprint.name();
  }

  @Override
  public WorkKey key() {
    return blueprint.key();
  }

  public PromptFile prompt() {
    return blueprint.candidate().prompt();
  }

  public SourceVideo source() {
    return blueprint.candidate().source();
  }

  /** Of the final video before the combine workflow multiplies them. */
  @Override
  public int frames() {
    return blueprint.frames();
  }

  /** Of the rendered frames. */
  public FrameSize size() {
    return blueprint.size();
  }

  @Override
  public String promptFile() {
    // Another iteration is another wish, not an older state of this one.
    return prompt().file() + Names.iteration(blueprint.iteration()).replace('-', '#');
  }

  @Override
  public String finalPath() {
    return Names.finalVideo(name());
  }

  /**
   * The same work with about half as many frames per chunk from one of its chunks on: the jobs of
   * the chunks before stay as they are, finished ones are reused by their proofs.
   *
   * @param chunk the first that is laid out anew, from 0
   * @param least the fewest frames that a chunk may have, ≥ 1
   * @return empty when the chunk cannot be made smaller than it is
   */
  public Optional<VideoWork> withSmallerChunks(int chunk, int least) {
    Chunk first = chunks.get(chunk);
    return blueprint
        .halfOf(first, least)
        .map(frames -> blueprint.work(layout.from(first.kept().start(), frames)));
  }
}
