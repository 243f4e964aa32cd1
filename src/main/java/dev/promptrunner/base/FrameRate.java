package dev.promptrunner.base;

/**
 * Frames per second as an exact fraction in lowest terms: 30000/1001 is not 29.97.
 *
 * @param numerator ≥ 1
 * @param denominator ≥ 1
 */
public record FrameRate(int numerator, int denominator) {
  public FrameRate {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException("not a frame rate: " + numerator + "/" + denominator);
    }
    int divisor = gcd(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  public static FrameRate of(int framesPerSecond) {
    return new FrameRate(framesPerSecond, 1);
  }

  public FrameRate times(int factor) {
    return new FrameRate(Math.multiplyExact(numerator, factor), denominator);
  }

  public double framesPerSecond() {
    return (double) numerator / denominator;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String toString() {
    return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
  }
}
