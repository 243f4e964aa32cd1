package dev.promptrunner.media;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A reference that is decoded in step with a video, and how like it the video is. */
final class Comparison implements Resources.Closing {
  private final Resources resources;
  private final FrameSource reference;
  private final Likeness likeness;
  private boolean over;

  private Comparison(Resources resources, Path reference, AVFrame first) throws MediaException {
    this.resources = resources;
    this.reference = resources.add(FrameSource.open(reference));
    this.likeness = resources.add(Likeness.open(first));
  }

  /**
   * Opens the reference.
   *
   * @param first a frame of the video, for its size and format
   */
  static Comparison open(Path reference, AVFrame first) throws MediaException {
    return Resources.opening(resources -> new Comparison(resources, reference, first));
  }

  /** Compares with the reference's next frame, or not at all when it has ended. */
  void add(AVFrame frame) throws MediaException {
    over = over || !reference.next();
    if (!over) {
      likeness.add(frame, reference.frame());
    }
  }

  void end() throws MediaException {
    likeness.end();
  }

  OptionalDouble ssim() {
    return likeness.ssim();
  }

  OptionalDouble psnr() {
    return likeness.psnr();
  }

  @Override
  public void close() throws MediaException {
    resources.close();
  }
}
