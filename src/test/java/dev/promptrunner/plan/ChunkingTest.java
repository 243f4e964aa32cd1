package dev.promptrunner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.workflow.FrameRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkingTest {
  private static final FrameRule WAN = new FrameRule(4, 1);

  @Test
  void five_hundred_frames_in_hundreds_are_five_chunks_of_101_rendered_frames() {
    List<Chunk> chunks = new Chunking(Layout.of(100), 0, WAN).chunks(500, 600);

    assertThat(chunks)
        .extracting(Chunk::kept)
        .containsExactly(
            new FrameRange(0, 100),
            new FrameRange(100, 100),
            new FrameRange(200, 100),
            new FrameRange(300, 100),
            new FrameRange(400, 100));
    assertThat(chunks)
        .extracting(Chunk::rendered)
        .containsExactly(
            new FrameRange(0, 101),
            new FrameRange(100, 101),
            new FrameRange(200, 101),
            new FrameRange(300, 101),
            new FrameRange(400, 101));
    assertThat(chunks).extracting(Chunk::skip).containsOnly(0);
  }

  @Test
  void an_overlap_starts_every_chunk_but_the_first_earlier_and_drops_what_it_gained() {
    List<Chunk> chunks = new Chunking(Layout.of(100), 10, WAN).chunks(250, 600);

    assertThat(chunks)
        .extracting(Chunk::rendered)
        .containsExactly(new FrameRange(0, 101), new FrameRange(90, 113), new FrameRange(190, 61));
    assertThat(chunks)
        .extracting(Chunk::keptInSegment)
        .containsExactly(new FrameRange(0, 100), new FrameRange(10, 100), new FrameRange(10, 50));
  }

  @Test
  void a_window_that_would_pass_the_end_of_the_control_video_slides_back() {
    Chunk last = new Chunking(Layout.of(100), 0, WAN).chunks(500, 500).getLast();

    assertThat(last.rendered()).isEqualTo(new FrameRange(399, 101));
    assertThat(last.keptInSegment()).isEqualTo(new FrameRange(1, 100));
  }

  /** Domain §3: whatever is asked, every source frame is delivered once, in order. */
  @Test
  void the_kept_frames_of_all_chunks_are_every_frame_once_in_order() {
    Random random = new Random(20261121);
    for (int i = 0; i < 5_000; i++) {
      int perChunk = 1 + random.nextInt(130);
      int overlap = random.nextInt(perChunk);
      int frames = 1 + random.nextInt(700);
      int source = frames + random.nextInt(8);
      String settings = "N=%d C=%d o=%d source=%d".formatted(frames, perChunk, overlap, source);

      List<Chunk> chunks = new Chunking(Layout.of(perChunk), overlap, WAN).chunks(frames, source);

      List<Integer> delivered = new ArrayList<>();
      for (Chunk chunk : chunks) {
        FrameRange rendered = chunk.rendered();
        assertThat(rendered.length() % 4).as(settings).isEqualTo(1);
        assertThat(rendered.end() <= source || rendered.start() == 0).as(settings).isTrue();
        FrameRange kept = chunk.keptInSegment();
        assertThat(kept.end()).as(settings).isLessThanOrEqualTo(rendered.length());
        IntStream.range(kept.start(), kept.end())
            .forEach(at -> delivered.add(rendered.start() + at));
      }
      assertThat(delivered).as(settings).isEqualTo(IntStream.range(0, frames).boxed().toList());
    }
  }

  @Test
  void an_overlap_as_long_as_the_chunk_is_refused() {
    assertThatThrownBy(() -> new Chunking(Layout.of(10), 10, WAN))
        .hasMessage("not a chunking: 10 frames per chunk, overlap 10");
  }
}
