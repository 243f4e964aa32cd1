package dev.promptrunner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many frames are rendered together, from which frame on. As text {@code 0:100 200:50}: chunks
 * of 100 frames up to frame 199, of 50 from there.
 *
 * @param stretches by their first frame, the first of them at frame 0
 */
public record Layout(List<Stretch> stretches) {
  /**
   * A part of the video that is cut into chunks alike.
   *
   * @param from its first frame, from 0
   * @param framesPerChunk ≥ 1; its last chunk may be shorter
   */
  public record Stretch(int from, int framesPerChunk) {
    public Stretch {
      if (from < 0 || framesPerChunk < 1) {
        throw new IllegalArgumentException(
            "not a stretch: chunks of %d frames from frame %d".formatted(framesPerChunk, from));
      }
    }

    @Override
    public String toString() {
      return from + ":" + framesPerChunk;
    }
  }

  public Layout {
    stretches = List.copyOf(stretches);
    for (int at = 0; at < stretches.size(); at++) {
      if (stretches.get(at).from() <= (at == 0 ? -1 : stretches.get(at - 1).from())) {
        throw new IllegalArgumentException("stretches out of order: " + stretches);
      }
    }
    if (stretches.isEmpty() || stretches.getFirst().from() != 0) {
      throw new IllegalArgumentException("a layout begins at frame 0: " + stretches);
    }
  }

  /** The whole video in chunks alike. */
  public static Layout of(int framesPerChunk) {
    return new Layout(List.of(new Stretch(0, framesPerChunk)));
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is not a layout, quoting it
   */
  public static Layout parse(String text) {
    try {
      return new Layout(
          Arrays.stream(text.split(" "))
              .map(word -> word.split(":", 2))
              .map(pair -> new Stretch(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
              .toList());
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a layout of chunks: '" + text + "'", e);
    }
  }

  /** The same up to a frame, and chunks of this size from it on. */
  public Layout from(int frame, int framesPerChunk) {
    List<Stretch> kept =
        new ArrayList<>(stretches.stream().filter(stretch -> stretch.from() < frame).toList());
    kept.add(new Stretch(frame, framesPerChunk));
    return new Layout(kept);
  }

  /** How many frames the chunk that begins at this frame has, in a video of so many. */
  int lengthAt(int frame, int frames) {
    int perChunk = 0;
    int end = frames;
    for (Stretch stretch : stretches) {
      if (stretch.from() <= frame) {
        perChunk = stretch.framesPerChunk();
      } else {
        end = Math.min(end, stretch.from());
      }
    }
    return Math.min(perChunk, end - frame);
  }

  /** The smallest chunks of it. */
  int leastFramesPerChunk() {
    return stretches.stream().mapToInt(Stretch::framesPerChunk).min().orElseThrow();
  }

  @Override
  public String toString() {
    return stretches.stream().map(Stretch::toString).collect(Collectors.joining(" "));
  }
}
