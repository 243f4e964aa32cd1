package dev.promptrunner.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Variance of the Laplacian of luma at full size, mean over frames: {@link Measures#sharpness()}.
 * Reduced frames would hide just what is asked for. Not for use by several threads.
 */
final class Sharpness implements Resources.Closing {
  /** Squares of this many Laplacians, at most 1020² each, fit into an int. */
  private static final int RUN = 2048;

  private final LumaPlane luma = new LumaPlane();
  private double sum;
  private int frames;

  void add(AVFrame frame) throws MediaException {
    luma.read(frame);
    double gain = luma.gain();
    sum += variance(luma) * gain * gain;
    frames++;
  }

  double mean() {
    return sum / frames;
  }

  /** In squared levels of the plane itself; its border has no Laplacian. */
  static double variance(LumaPlane plane) {
    long count = (plane.width() - 2L) * (plane.height() - 2L);
    if (plane.width() < 3 || plane.height() < 3) {
      return 0;
    }
    long sum = 0;
    long squares = 0;
    for (int y = 1; y < plane.height() - 1; y++) {
      for (int x = 1; x < plane.width() - 1; x += RUN) {
        int from = y * plane.stride() + x;
        long both = run(plane, from, Math.min(RUN, plane.width() - 1 - x));
        sum += (int) both;
        squares += both >>> 32;
      }
    }
    double mean = (double) sum / count;
    return (double) squares / count - mean * mean;
  }

  /** The sum of the squares in the upper half, the sum, which has a sign, in the lower. */
  private static long run(LumaPlane plane, int from, int length) {
    byte[] bytes = plane.bytes();
    int above = from - plane.stride();
    int below = from + plane.stride();
    int sum = 0;
    int squares = 0;
    for (int i = 0; i < length; i++) {
      int laplacian =
          (bytes[above + i] & 0xff)
              + (bytes[below + i] & 0xff)
              + (bytes[from + i - 1] & 0xff)
              + (bytes[from + i + 1] & 0xff)
              - 4 * (bytes[from + i] & 0xff);
      sum += laplacian;
      squares += laplacian * laplacian;
    }
    return (long) squares << 32 | sum & 0xffffffffL;
  }

  @Override
  public void close() {
    luma.close();
  }
}
