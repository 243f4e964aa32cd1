package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.simulator.picture.Landscape;
import dev.promptrunner.simulator.picture.Look;
import dev.promptrunner.simulator.picture.Mark;
import java.io.IOException;
import java.util.Optional;

/**
 * What a sampler made up, painted when it is read.
 *
 * @param look of the first clip; the others differ in place
 * @param base what was there before, as many frames and as large
 * @param length frames of one clip, ≥ 1
 * @param strength how much of the base is painted over, 0 … 1
 */
record RenderedFrames(
    Look look, Frames base, int length, double strength, Optional<Keyframes> keyframes)
    implements Frames {
  @Override
  public int count() {
    return base.count();
  }

  @Override
  public FrameSize size() {
    return base.size();
  }

  @Override
  public FrameCursor open() throws MediaException, IOException {
    Keyframes.Read given =
        keyframes.isPresent()
            ? keyframes.get().read()
            : new Keyframes.Read(Optional.empty(), Optional.empty());
    return new Cursor(given, strength < 1 ? Optional.of(base.open()) : Optional.empty());
  }

  private final class Cursor implements FrameCursor {
    private final Keyframes.Read given;
    private final Optional<FrameCursor> under;
    private Landscape landscape = new Landscape(look, size());
    private int clip;
    private int next;

    Cursor(Keyframes.Read given, Optional<FrameCursor> under) {
      this.given = given;
      this.under = under;
    }

    @Override
    public Optional<Picture> next() throws MediaException, IOException {
      if (next >= count()) {
        return Optional.empty();
      }
      turnTo(next / length);
      int frame = next++ % length;
      byte[] rgb = landscape.paint(frame);
      if (under.isPresent()) {
        byte[] before = under.get().next().orElseThrow(this::missing).rgb();
        Blend.into(rgb, before, before, 0, strength);
      }
      given.over(rgb, length == 1 ? 0 : (double) frame / (length - 1));
      Mark.paint(rgb, size().width(), size().height());
      return Optional.of(new Picture(size().width(), size().height(), rgb));
    }

    private IOException missing() {
      return new IOException("frame " + (next - 1) + " of " + count() + " is missing");
    }

    private void turnTo(int wanted) {
      if (wanted != clip) {
        clip = wanted;
        landscape = new Landscape(look.elsewhere(clip), size());
      }
    }

    @Override
    public void skip(int frames) throws MediaException, IOException {
      next = Math.min(count(), next + frames);
      if (under.isPresent()) {
        under.get().skip(frames);
      }
    }

    @Override
    public void close() throws MediaException, IOException {
      if (under.isPresent()) {
        under.get().close();
      }
    }
  }
}
