package dev.promptrunner.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** When a run has to be over, as people say it. */
public sealed interface Deadline {
  /**
   * So long after the start.
   *
   * @param time longer than nothing
   */
  record In(Duration time) implements Deadline {}

  /** The next time that a clock on the wall shows this. */
  record At(LocalTime time) implements Deadline {}

  /** A moment, wherever the machine is. */
  record On(Instant moment) implements Deadline {}

  /**
   * The moment that is meant; not after the start when {@link On} names one in the past.
   *
   * @param start of the run
   * @param zone of the machine, for {@link At}
   */
  default Instant from(Instant start, ZoneId zone) {
    return switch (this) {
      case In in -> start.plus(in.time());
      case On on -> on.moment();
      case At at -> {
        ZonedDateTime now = start.atZone(zone);
        ZonedDateTime today = at.time().atDate(now.toLocalDate()).atZone(zone);
        boolean past = !today.toInstant().isAfter(start);
        yield (past ? at.time().atDate(now.toLocalDate().plusDays(1)).atZone(zone) : today)
            .toInstant();
      }
    };
  }

  /** {@code 6h}, {@code 08:00} or {@code 2026-11-22T08:00+01:00}; empty for anything else. */
  static Optional<Deadline> parse(String text) {
    Optional<Duration> duration = Quantities.duration(text);
    if (duration.isPresent()) {
      return duration.filter(Duration::isPositive).map(In::new);
    }
    try {
      return Optional.of(text.contains("T") ? moment(text) : new At(time(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Deadline moment(String text) {
    return new On(OffsetDateTime.parse(text).toInstant());
  }

  private static LocalTime time(String text) {
    DateTimeFormatter hoursAndMinutes =
        DateTimeFormatter.ofPattern("H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    return LocalTime.parse(text, hoursAndMinutes);
  }
}
