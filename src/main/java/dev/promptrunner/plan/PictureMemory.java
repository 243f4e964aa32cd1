package dev.promptrunner.plan;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Numbers;
import java.util.Optional;

/**
 * The memory that ComfyUI needs for pictures, which it holds as 4 bytes for each colour of each
 * pixel. Assumed of the workflows, without models and latents:
 *
 * <ul>
 *   <li>a pass holds the control video, a mask of one colour, and the two masked copies that the
 *       VACE node makes of it: 10 values a pixel;
 *   <li>a combine holds the video so far, the enhanced segment, and both put together: all frames
 *       up to there twice;
 *   <li>an enhancement alone holds the segment before and after its last step: twice.
 * </ul>
 *
 * Pure.
 */
public final class PictureMemory {
  private static final long VALUE = 4;
  private static final long PASS = 3 + 1 + 3 + 3;
  private static final long COLOURS = 3;

  private final Numbers.Combining combining;

  public PictureMemory(Numbers numbers) {
    this.combining = numbers.combining();
  }

  /** The most that a job holds at once, in bytes; 0 for one that needs no server. */
  public long bytes(VideoWork work, Job job) {
    long pixels = (long) work.size().width() * work.size().height();
    long enhanced =
        pixels * combining.sizeFactor() * combining.sizeFactor() * combining.framesFactor();
    return switch (job.kind()) {
      case HIGH, LOW -> VALUE * PASS * Effort.of(work, job);
      case COMBINE -> 2 * VALUE * COLOURS * enhanced * chunk(work, job).kept().end();
      case ENHANCE -> 2 * VALUE * COLOURS * enhanced * chunk(work, job).kept().length();
      case REFERENCE, JOIN, GENERATE, DELIVER -> 0;
    };
  }

  private static Chunk chunk(VideoWork work, Job job) {
    return work.chunks().get(job.chunk());
  }

  /**
   * What to change before money is spent.
   *
   * @param available memory in bytes
   * @return empty when everything fits
   */
  public Optional<Problem> note(VideoWork work, long available) {
    return heaviest(work)
        .filter(job -> bytes(work, job) > available)
        .map(job -> note(work, job, available));
  }

  private Optional<Job> heaviest(VideoWork work) {
    return work.jobs().stream()
        .reduce((one, other) -> bytes(work, other) > bytes(work, one) ? other : one);
  }

  private Problem note(VideoWork work, Job job, long available) {
    return new Problem(
        work.promptFile(),
        "%s (%s) holds about %s of pictures at once, and %s of memory are available"
            .formatted(
                job.id().label(),
                job.kind(),
                new ByteSize(bytes(work, job)),
                new ByteSize(available)),
        "%d frames of %s".formatted(frames(work, job), work.size()),
        remedy(work, job, available));
  }

  private static int frames(VideoWork work, Job job) {
    return switch (job.kind()) {
      case COMBINE -> chunk(work, job).kept().end();
      case HIGH, LOW, ENHANCE, REFERENCE, JOIN, GENERATE, DELIVER ->
          chunk(work, job).rendered().length();
    };
  }

  private String remedy(VideoWork work, Job job, long available) {
    if (job.kind() == JobKind.COMBINE) {
      return "run with --combine append, which never loads the whole video";
    }
    long fitting = available / Math.max(1, bytes(work, job) / frames(work, job));
    return fitting < 5
        ? "run with a smaller --size"
        : "run with --frames-per-chunk %d or fewer, or a smaller --size".formatted(fitting - 4);
  }
}
