package dev.promptrunner.comfy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of the same name.
 *
 * @param start first byte of the part; −1 when not said
 * @param total bytes of the whole; −1 when not said
 */
record ContentRange(long start, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");

  static ContentRange of(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header.strip());
    if (!form.matches()) {
      return new ContentRange(-1, -1);
    }
    long start = form.group(1) == null ? -1 : Long.parseLong(form.group(1));
    long total = form.group(2).equals("*") ? -1 : Long.parseLong(form.group(2));
    return new ContentRange(start, total);
  }
}
