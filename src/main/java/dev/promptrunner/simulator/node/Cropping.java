package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;

/** Scaling that keeps the shape of what is seen, and cuts off what is too much. */
final class Cropping {
  private Cropping() {}

  /** The middle of each frame in the target's shape and size. */
  static Frames fitted(Frames frames, FrameSize target) {
    FrameSize own = frames.size();
    FrameSize middle = middle(own, target);
    Frames cut =
        middle.equals(own)
            ? frames
            : new Frames.MappedFrames(frames, middle, picture -> cut(picture, middle));
    return cut.scaledTo(target);
  }

  /** The largest part of the picture that has the shape of the target. */
  private static FrameSize middle(FrameSize own, FrameSize target) {
    double ownShape = (double) own.width() / own.height();
    double shape = (double) target.width() / target.height();
    int width = ownShape > shape ? (int) Math.round(own.height() * shape) : own.width();
    int height = ownShape < shape ? (int) Math.round(own.width() / shape) : own.height();
    return new FrameSize(Math.max(1, width), Math.max(1, height));
  }

  private static Picture cut(Picture picture, FrameSize size) {
    int left = (picture.width() - size.width()) / 2;
    int top = (picture.height() - size.height()) / 2;
    int row = size.width() * 3;
    byte[] rgb = new byte[row * size.height()];
    for (int y = 0; y < size.height(); y++) {
      int from = ((top + y) * picture.width() + left) * 3;
      System.arraycopy(picture.rgb(), from, rgb, y * row, row);
    }
    return new Picture(size.width(), size.height(), rgb);
  }
}
