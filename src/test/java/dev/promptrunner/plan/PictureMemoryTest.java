package dev.promptrunner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.Plans;
import org.junit.jupiter.api.Test;

class PictureMemoryTest {
  /** 640 x 640, twice as large and twice as many frames when combined: the shipped recipe. */
  private final PictureMemory memory = new PictureMemory(Plans.recipe().numbers());

  private static VideoWork work(int frames, CombineMode mode) {
    return Plans.work("walk", frames, Plans.settings(100, 0, mode, JobOrder.ADJACENT, false));
  }

  private long most(VideoWork work, JobKind kind) {
    return work.jobs().stream()
        .filter(job -> job.kind() == kind)
        .mapToLong(job -> memory.bytes(work, job))
        .max()
        .orElse(0);
  }

  @Test
  void a_pass_holds_ten_values_of_four_bytes_for_each_pixel() {
    VideoWork work = work(500, CombineMode.WORKFLOW);
    assertThat(most(work, JobKind.LOW)).isEqualTo(101L * 640 * 640 * 10 * 4);
    assertThat(most(work, JobKind.HIGH)).isEqualTo(most(work, JobKind.LOW));
    assertThat(most(work, JobKind.REFERENCE)).isZero();
  }

  @Test
  void a_combine_holds_all_frames_so_far_twice() {
    long enhanced = 4L * 640 * 640 * 2 * 3 * 4;
    assertThat(most(work(500, CombineMode.WORKFLOW), JobKind.COMBINE))
        .isEqualTo(2 * 500 * enhanced);
    assertThat(most(work(500, CombineMode.APPEND), JobKind.ENHANCE)).isEqualTo(2 * 100 * enhanced);
  }

  @Test
  void what_fits_is_not_told() {
    assertThat(memory.note(work(500, CombineMode.WORKFLOW), 64_000_000_000L)).isEmpty();
  }

  @Test
  void a_combine_that_does_not_fit_is_told_with_another_way() {
    assertThat(memory.note(work(500, CombineMode.WORKFLOW), 27_000_000_000L).orElseThrow())
        .hasToString(
            "walk.txt: combined_005 (COMBINE) holds about 39.3 GB of pictures at once, and 27.0 GB"
                + " of memory are available, found '500 frames of 640x640': run with --combine"
                + " append, which never loads the whole video");
  }

  @Test
  void a_pass_that_does_not_fit_is_told_with_the_frames_that_do() {
    assertThat(memory.note(work(100, CombineMode.COPY), 1_000_000_000L).orElseThrow())
        .hasToString(
            "walk.txt: job_001 (HIGH) holds about 1.7 GB of pictures at once, and 1.0 GB of memory"
                + " are available, found '101 frames of 640x640': run with --frames-per-chunk 57 or"
                + " fewer, or a smaller --size");
    assertThat(memory.note(work(100, CombineMode.COPY), 10_000_000L).orElseThrow().remedy())
        .isEqualTo("run with a smaller --size");
  }
}
