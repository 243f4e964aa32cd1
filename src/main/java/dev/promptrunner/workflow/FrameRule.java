package dev.promptrunner.workflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which numbers of frames a model renders: {@code step·n + rest}. Wan's is {@code 4n+1}: asked for
 * another number it drops the rest without a word.
 *
 * @param step ≥ 1
 * @param rest 0 … step
 */
public record FrameRule(int step, int rest) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})?n(?:\\+(\\d{1,4}))?");

  public FrameRule {
    if (step < 1 || rest < 0 || rest > step) {
      throw new IllegalArgumentException("not a frame rule: " + step + "n+" + rest);
    }
  }

  /** Reads {@code 4n+1}, {@code 8n}, {@code n}. */
  static Optional<FrameRule> parse(String text) {
    Matcher form = FORM.matcher(text.replace(" ", ""));
    if (!form.matches()) {
      return Optional.empty();
    }
    int step = form.group(1) == null ? 1 : Integer.parseInt(form.group(1));
    int rest = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
    return rest > step ? Optional.empty() : Optional.of(new FrameRule(step, rest));
  }

  /** What to ask for to get at least so many frames (≥ 1): 100 → 101 by 4n+1. */
  public int ask(int frames) {
    int asked = delivered(frames);
    return asked == frames ? frames : Math.addExact(asked, step);
  }

  /** What comes when so many are asked for: 100 → 97 by 4n+1. */
  public int delivered(int asked) {
    return Math.floorDiv(asked - rest, step) * step + rest;
  }

  @Override
  public String toString() {
    return (step == 1 ? "" : step) + "n" + (rest == 0 ? "" : "+" + rest);
  }
}
