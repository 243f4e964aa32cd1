package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** All measures of one video, frame by frame. Not for use by several threads. */
final class Meters implements Resources.Closing {
  /**
   * Pixels of what all but sharpness is measured on. More would tell the same: measured, 256 took
   * more than twice the time.
   */
  static final int LONGEST_SIDE = 160;

  /** A still picture has no rate, but no drift either. */
  private static final FrameRate ANY_RATE = FrameRate.of(1);

  private final Resources resources;
  private final SmallFrames small;
  private final Sharpness sharpness;
  private final ColourDrift drift;
  private final Steps steps = new Steps();
  private final Flicker flicker = new Flicker();
  private int frames;
  private int black;

  private Meters(Resources resources, FrameSize size, int frames, FrameRate rate)
      throws MediaException {
    this.resources = resources;
    this.small = resources.add(new SmallFrames(size, LONGEST_SIDE));
    this.sharpness = resources.add(new Sharpness());
    this.drift = new ColourDrift(frames, rate);
  }

  /**
   * Meters for one video.
   *
   * @param frames how many will be added
   */
  static Meters open(FrameSize size, int frames, Optional<FrameRate> rate) throws MediaException {
    return Resources.opening(
        resources -> new Meters(resources, size, frames, rate.orElse(ANY_RATE)));
  }

  void add(int number, AVFrame frame) throws MediaException {
    sharpness.add(frame);
    Picture picture = small.reduce(frame);
    Luma luma = Luma.of(picture);
    steps.add(picture, luma);
    flicker.add(luma.mean());
    drift.add(number, picture);
    black += Stillness.isBlack(picture) ? 1 : 0;
    frames++;
  }

  /** After the last frame; ends the comparison. */
  Measures measures(List<Integer> borders, Optional<Comparison> comparison) throws MediaException {
    OptionalDouble ssim = OptionalDouble.empty();
    OptionalDouble psnr = OptionalDouble.empty();
    if (comparison.isPresent()) {
      comparison.get().end();
      ssim = comparison.get().ssim();
      psnr = comparison.get().psnr();
    }
    return new Measures(
        sharpness.mean(),
        steps.motion(),
        flicker.mean(),
        drift.distance(),
        steps.seam(borders),
        (double) black / frames,
        steps.frozen(),
        ssim,
        psnr);
  }

  @Override
  public void close() throws MediaException {
    resources.close();
  }
}
