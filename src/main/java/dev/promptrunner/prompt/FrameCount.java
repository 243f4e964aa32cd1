package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The second part of a prompt file: plain digits and nothing else. */
final class FrameCount {
  /** Seventeen hours at 16 frames per second: more is a slip of the finger. */
  static final int MOST = 1_000_000;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern GROUPED = Pattern.compile("0*([1-9][0-9_,.' ]*?)\\s*(?i:frames?)?");

  /** A longer text was not meant as a number, and the pattern takes long over blanks. */
  private static final int LONGEST_GUESSED = 30;

  private FrameCount() {}

  static Optional<Integer> parse(String text, String where, List<Problem> problems) {
    if (DIGITS.matcher(text).matches()) {
      int frames = Integer.parseInt(text);
      if (frames >= 1 && frames <= MOST) {
        return Optional.of(frames);
      }
    }
    problems.add(
        new Problem(
            where,
            "the number of frames must be a whole number from 1 to " + MOST,
            Excerpt.of(text),
            remedy(text)));
    return Optional.empty();
  }

  /** What the writer of {@code 1_000} or {@code 500 frames} most likely meant. */
  private static String remedy(String text) {
    Matcher grouped = GROUPED.matcher(text);
    boolean isShort = text.length() <= LONGEST_GUESSED;
    String digits = isShort && grouped.matches() ? grouped.group(1).replaceAll("[^0-9]", "") : "";
    boolean useful = !digits.isEmpty() && digits.length() <= 6 && !text.matches(".*\\.[0-9]{1,2}");
    return useful ? "write " + digits : "write plain digits, such as 500";
  }
}
