package dev.promptrunner.plan;

import static dev.promptrunner.testing.Plans.candidate;
import static dev.promptrunner.testing.Plans.prompt;
import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRange;
import dev.promptrunner.testing.Plans;
import dev.promptrunner.workflow.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallerChunksTest {
  private static final Recipe RECIPE = Plans.recipe();

  @Test
  void what_is_left_is_cut_into_halves_of_a_length_that_the_model_renders_whole() {
    VideoWork smaller = walk(500, 0).withSmallerChunks(3, 33).orElseThrow();

    assertThat(smaller.layout()).hasToString("0:100 300:49");
    assertThat(smaller.chunks())
        .extracting(Chunk::kept)
        .startsWith(new FrameRange(0, 100), new FrameRange(100, 100), new FrameRange(200, 100))
        .endsWith(new FrameRange(447, 49), new FrameRange(496, 4));
    assertThat(smaller.id()).isEqualTo(walk(500, 0).id());
  }

  @Test
  void with_an_overlap_the_window_is_what_the_model_renders_whole() {
    VideoWork smaller = walk(500, 10).withSmallerChunks(1, 33).orElseThrow();

    assertThat(smaller.chunks().get(1).rendered()).isEqualTo(new FrameRange(90, 57));
    assertThat(smaller.chunks().get(1).kept()).isEqualTo(new FrameRange(100, 47));
  }

  @Test
  void a_chunk_is_never_cut_below_the_least() {
    VideoWork once = walk(100, 0).withSmallerChunks(0, 33).orElseThrow();
    VideoWork twice = once.withSmallerChunks(0, 33).orElseThrow();

    assertThat(twice.layout()).hasToString("0:33");
    assertThat(twice.withSmallerChunks(0, 33)).isEmpty();
    assertThat(walk(30, 0).withSmallerChunks(0, 33)).isEmpty();
  }

  @Test
  void a_chunk_stays_longer_than_the_overlap() {
    VideoWork smaller = walk(100, 40).withSmallerChunks(0, 1).orElseThrow();

    assertThat(smaller.chunks().getFirst().kept().length()).isEqualTo(49);
    assertThat(smaller.withSmallerChunks(0, 1).orElseThrow().layout()).hasToString("0:41");
  }

  @Test
  void jobs_of_finished_chunks_stay_as_they_are_and_the_others_count_as_other_jobs() {
    VideoWork before = walk(300, 0);
    VideoWork after = before.withSmallerChunks(1, 33).orElseThrow();

    for (Job job : before.jobs()) {
      Job now = job(after, job);
      Map<String, Digest> inputs = Map.of("latent_dir", Digest.of("x"));
      boolean same =
          now.fingerprint(after.key(), inputs).equals(job.fingerprint(before.key(), inputs));
      assertThat(same).as("%s of chunk %d", job.id(), job.chunk()).isEqualTo(job.chunk() == 0);
      if (job.chunk() == 0) {
        assertThat(now).isEqualTo(job);
      }
    }
  }

  @Test
  void the_delivery_is_the_same_whatever_the_layout() {
    VideoWork before =
        work("walk", 300, settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, true));
    VideoWork after = before.withSmallerChunks(1, 33).orElseThrow();

    assertThat(after.jobs().getLast().task()).isInstanceOf(Task.Deliver.class);
    assertThat(after.jobs().getLast().id()).isEqualTo(before.jobs().getLast().id());
    assertThat(after.jobs().getLast().variant()).isEmpty();
  }

  @Test
  void a_later_plan_keeps_the_layout_that_was_stored() {
    PlanSettings settings = PlanSettings.defaults();
    List<Candidate> walk = List.of(candidate(prompt("walk", "walk", 500), 508));
    VideoWork first =
        new Planner(RECIPE, settings).plan(walk, Known.NOTHING).plan().works().getFirst();
    VideoWork smaller = first.withSmallerChunks(2, 33).orElseThrow();

    Known known =
        Known.of(
            Map.of(first.key(), first.name()), Map.of(first.key(), smaller.layout().toString()));
    VideoWork later = new Planner(RECIPE, settings).plan(walk, known).plan().works().getFirst();

    assertThat(later).isEqualTo(smaller);
  }

  @Test
  void what_is_no_layout_is_refused_with_its_text() {
    assertThatThrownBy(() -> Layout.parse("0:100 half"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a layout of chunks: '0:100 half'");
    assertThatThrownBy(() -> Layout.parse("0:100 100:0"))
        .hasMessage("not a stretch: chunks of 0 frames from frame 100");
    assertThatThrownBy(() -> Layout.parse("50:100"))
        .hasMessage("a layout begins at frame 0: [50:100]");
  }

  /** Whatever failed how often, every source frame is delivered once, in order. */
  @Test
  void the_kept_frames_are_every_frame_once_in_order_however_often_chunks_are_made_smaller() {
    Random random = new Random(20261121);
    int cut = 0;
    for (int i = 0; i < 5_000; i++) {
      int perChunk = 1 + random.nextInt(130);
      int frames = 1 + random.nextInt(500);
      int source = frames + random.nextInt(8);
      int overlap = random.nextInt(perChunk);
      Blueprint blueprint = blueprint(frames, source, perChunk, overlap);
      Layout layout = blueprint.usualLayout();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        List<Chunk> chunks = blueprint.chunks(layout);
        Chunk failed = chunks.get(random.nextInt(chunks.size()));
        Optional<Integer> half = blueprint.halfOf(failed, 1 + random.nextInt(20));
        if (half.isPresent()) {
          cut++;
          layout = layout.from(failed.kept().start(), half.get());
          assertThat(blueprint.chunks(layout).subList(0, failed.index()))
              .isEqualTo(chunks.subList(0, failed.index()));
        }
      }
      String what = "N=%d source=%d o=%d %s".formatted(frames, source, overlap, layout);
      assertThat(Layout.parse(layout.toString())).isEqualTo(layout);
      assertThat(delivered(blueprint.chunks(layout), source, what))
          .as(what)
          .isEqualTo(IntStream.range(0, frames).boxed().toList());
    }
    assertThat(cut).isGreaterThan(5_000);
  }

  private static List<Integer> delivered(List<Chunk> chunks, int source, String what) {
    List<Integer> delivered = new ArrayList<>();
    for (Chunk chunk : chunks) {
      FrameRange rendered = chunk.rendered();
      assertThat(rendered.length() % 4).as(what).isEqualTo(1);
      assertThat(rendered.end() <= source || rendered.start() == 0).as(what).isTrue();
      assertThat(chunk.keptInSegment().end()).as(what).isLessThanOrEqualTo(rendered.length());
      IntStream.range(chunk.keptInSegment().start(), chunk.keptInSegment().end())
          .forEach(at -> delivered.add(rendered.start() + at));
    }
    return delivered;
  }

  private static Blueprint blueprint(int frames, int source, int perChunk, int overlap) {
    PlanSettings settings = settings(perChunk, overlap, CombineMode.COPY, JobOrder.ADJACENT, false);
    return new Planner(RECIPE, settings)
        .plan(List.of(candidate(prompt("walk", "walk", frames), source)), Known.NOTHING)
        .plan()
        .works()
        .getFirst()
        .blueprint();
  }

  private static VideoWork walk(int frames, int overlap) {
    return work(
        "walk", frames, settings(100, overlap, CombineMode.WORKFLOW, JobOrder.ADJACENT, false));
  }

  private static Job job(VideoWork work, Job like) {
    return work.jobs().stream().filter(job -> job.id().equals(like.id())).findFirst().orElseThrow();
  }
}
