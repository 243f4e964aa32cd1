package dev.promptrunner.plan;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.workflow.Recipe;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a prompt file's jobs are laid out from, whatever their layout.
 *
 * @param name for folders and files
 * @param frames of the final video before the combine workflow multiplies them
 * @param size of the rendered frames
 * @param seed of every job
 * @param iteration which of the prompt file's videos, from 1
 */
public record Blueprint(
    Candidate candidate,
    String name,
    WorkKey key,
    int frames,
    FrameSize size,
    BigInteger seed,
    int iteration,
    Recipe recipe,
    PlanSettings settings) {

  VideoWork work(Layout layout) {
    return new WorkPlan(this, layout, chunks(layout)).work();
  }

  List<Chunk> chunks(Layout layout) {
    return new Chunking(layout, settings.overlap(), recipe.numbers().rule())
        .chunks(frames, candidate.source().frames());
  }

  Layout usualLayout() {
    return Layout.of(settings.framesPerChunk());
  }

  /**
   * About half of a chunk, such that the model renders no frame that is dropped again; empty when
   * that would be less than the least, or no less than it is.
   */
  Optional<Integer> halfOf(Chunk chunk, int least) {
    int overlap = settings.overlap();
    int now = chunk.kept().length();
    int whole = recipe.numbers().rule().delivered((now + 1) / 2 + overlap) - overlap;
    int half = Math.max(whole, Math.max(least, overlap + 1));
    return half < now ? Optional.of(half) : Optional.empty();
  }
}
