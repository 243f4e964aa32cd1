package dev.promptrunner.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPU whose memory is not enough for so many frames at once: {@code oom>49} or, from the third
 * job on, {@code oom>49@3}.
 *
 * @param frames the most that a job may ask for, ≥ 1
 * @param job the first job it happens to, counted from 1 in the order this server starts them
 */
record FrameLimit(int frames, int job) {
  private static final Pattern FORM = Pattern.compile("oom>([1-9]\\d{0,5})(?:@([1-9]\\d{0,5}))?");

  /** Empty when the word is no such limit. */
  static Optional<FrameLimit> of(String word) {
    Matcher form = FORM.matcher(word);
    return form.matches()
        ? Optional.of(
            new FrameLimit(
                Integer.parseInt(form.group(1)),
                form.group(2) == null ? 1 : Integer.parseInt(form.group(2))))
        : Optional.empty();
  }

  boolean strikes(int asked, int number) {
    return asked > frames && number >= job;
  }
}
