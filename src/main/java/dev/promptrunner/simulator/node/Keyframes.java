package dev.promptrunner.simulator.node;

import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.Optional;

/** The pictures, in the video's size, that it begins and ends with; at least one is given. */
record Keyframes(Optional<Frames> first, Optional<Frames> last) {
  /** Halfway between them that much of the video is the model's own. */
  private static final double OWN = 0.45;

  /** The pictures themselves, once read. */
  record Read(Optional<Picture> first, Optional<Picture> last) {
    /**
     * Lays them over a frame of the model's own.
     *
     * @param own its pixels, which are changed
     * @param moment 0 (the first frame) … 1 (the last)
     */
    void over(byte[] own, double moment) {
      if (first.isEmpty() && last.isEmpty()) {
        return;
      }
      boolean both = first.isPresent() && last.isPresent();
      double later = both ? eased(moment) : last.isPresent() ? 1 : 0;
      byte[] from = first.or(() -> last).orElseThrow().rgb();
      byte[] to = last.or(() -> first).orElseThrow().rgb();
      double share = both ? OWN * Math.sin(Math.PI * moment) : far(moment);
      Blend.into(own, from, to, later, share);
    }

    /** With one picture the video goes away from it for good. */
    private double far(double moment) {
      return eased(Math.min(1, 1.5 * (first.isPresent() ? moment : 1 - moment)));
    }

    private static double eased(double moment) {
      return moment * moment * (3 - 2 * moment);
    }
  }

  Read read() throws MediaException, IOException {
    return new Read(read(first), read(last));
  }

  private static Optional<Picture> read(Optional<Frames> frames)
      throws MediaException, IOException {
    return frames.isPresent() ? Optional.of(frames.get().first()) : Optional.empty();
  }
}
