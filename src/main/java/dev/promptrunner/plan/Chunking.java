package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.workflow.FrameRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Wan's arithmetic: which frames each chunk renders and which of them are kept.
 *
 * @param overlap o, less than the frames of the layout's smallest chunks: every chunk but the first
 *     starts that much earlier
 * @param rule which numbers of frames the model renders; asked for another it drops some silently
 */
record Chunking(Layout layout, int overlap, FrameRule rule) {
  Chunking {
    if (overlap < 0 || overlap >= layout.leastFramesPerChunk()) {
      throw new IllegalArgumentException(
          "not a chunking: %d frames per chunk, overlap %d"
              .formatted(layout.leastFramesPerChunk(), overlap));
    }
  }

  /**
   * The chunks of a video.
   *
   * @param frames N ≥ 1, the frames of the final video
   * @param sourceFrames frames of the control video, ≥ N
   */
  List<Chunk> chunks(int frames, int sourceFrames) {
    List<Chunk> chunks = new ArrayList<>();
    for (int start = 0; start < frames; start += chunks.getLast().kept().length()) {
      int length = layout.lengthAt(start, frames);
      chunks.add(chunk(chunks.size(), new FrameRange(start, length), sourceFrames));
    }
    return List.copyOf(chunks);
  }

  private Chunk chunk(int index, FrameRange kept, int sourceFrames) {
    int start = Math.max(0, index == 0 ? 0 : kept.start() - overlap);
    int length = rule.ask(kept.end() - start);
    // Past the end of the control video the model invents: slide the window back instead. It still
    // covers the kept frames, because those end within the video.
    int beyond = start + length - sourceFrames;
    int slid = start - Math.clamp(beyond, 0, start);
    return new Chunk(index, kept, new FrameRange(slid, length));
  }
}
