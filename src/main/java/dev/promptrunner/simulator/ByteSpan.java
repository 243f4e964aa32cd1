package dev.promptrunner.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param start the first byte
 * @param length ≥ 0
 */
record ByteSpan(long start, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What a Range header asks for; empty when it has another form, and then means the whole. */
  static Optional<ByteSpan> parse(String range, long size) {
    Matcher form = FORM.matcher(range.strip());
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (form.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(form.group(2)));
      return Optional.of(new ByteSpan(size - last, last));
    }
    long start = Long.parseLong(form.group(1));
    long end = form.group(2).isEmpty() ? size : Long.parseLong(form.group(2)) + 1;
    return Optional.of(new ByteSpan(start, Math.min(end, size) - start));
  }

  /** Whether the file has any of it. */
  boolean isWithin(long size) {
    return start < size && length > 0;
  }

  String header(long size) {
    return "bytes " + start + "-" + (start + length - 1) + "/" + size;
  }
}
