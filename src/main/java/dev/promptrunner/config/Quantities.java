package dev.promptrunner.config;

import dev.promptrunner.base.ByteSize;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as people write them. */
final class Quantities {
  private static final Pattern TIME =
      Pattern.compile(
          "(?:(\\d{1,5})d)?\\s*(?:(\\d{1,6})h)?\\s*(?:(\\d{1,7})m(?!s))?"
              + "\\s*(?:(\\d{1,8}(?:\\.\\d{1,3})?)s)?\\s*(?:(\\d{1,9})ms)?");
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s*(B|[KMGT]I?B)");

  private Quantities() {}

  /**
   * {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 250ms}, {@code 1.5s} or ISO 8601 as in {@code
   * PT5M}. A number without a unit is nothing: nobody knows whether it is seconds.
   */
  static Optional<Duration> duration(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher form = TIME.matcher(lower);
    if (!lower.isEmpty() && form.matches()) {
      return Optional.of(
          Duration.ofDays(number(form, 1))
              .plusHours(number(form, 2))
              .plusMinutes(number(form, 3))
              .plusMillis(part(form, 4).movePointRight(3).longValueExact())
              .plusMillis(number(form, 5)));
    }
    try {
      return lower.startsWith("p") ? Optional.of(Duration.parse(text.strip())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 2GB}, {@code 500 MB}, {@code 1.5GiB}, {@code 0B}; units of 1000, or of 1024 with i. */
  static Optional<ByteSize> bytes(String text) {
    Matcher form = BYTES.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    String unit = form.group(2);
    int power = "BKMGT".indexOf(unit.charAt(0));
    BigDecimal step = BigDecimal.valueOf(unit.contains("I") ? 1024 : 1000);
    BigDecimal bytes = part(form, 1).multiply(step.pow(power));
    boolean tooMany = bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0;
    return tooMany ? Optional.empty() : Optional.of(new ByteSize(bytes.longValue()));
  }

  private static long number(Matcher form, int group) {
    return part(form, group).longValueExact();
  }

  private static BigDecimal part(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
  }
}
