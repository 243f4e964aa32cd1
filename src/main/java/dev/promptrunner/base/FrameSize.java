package dev.promptrunner.base;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Width and height of a picture in pixels, both ≥ 1.
 *
 * @param width columns
 * @param height rows
 */
public record FrameSize(int width, int height) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})[xX×](\\d{1,5})");

  public FrameSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("not a frame size: " + width + "x" + height);
    }
  }

  /** Reads {@code 832x480}; empty when the text has another form or a side of 0. */
  public static Optional<FrameSize> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    int width = Integer.parseInt(form.group(1));
    int height = Integer.parseInt(form.group(2));
    return width < 1 || height < 1 ? Optional.empty() : Optional.of(new FrameSize(width, height));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
