package dev.promptrunner.app.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** This machine's clock against that of whom it signs requests for. */
final class ClockCheck {
  private static final String NAME = "clock";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final Duration NOTABLE = Duration.ofSeconds(10);

  private final InstantSource clock;

  ClockCheck(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Compares with the Date of one answer, whatever its status.
   *
   * @param other whose clock counts; empty when nothing here is signed
   */
  Finding look(Optional<URI> other) throws InterruptedException {
    if (other.isEmpty()) {
      return Finding.ok(Area.MACHINE, NAME, now() + "; not compared: nothing is signed by it");
    }
    try {
      Optional<Instant> theirs = date(other.get());
      return theirs.isPresent()
          ? judged(other.get().getHost(), Duration.between(theirs.get(), clock.instant()))
          : unknown(other.get().getHost() + " tells no time");
    } catch (IOException e) {
      return unknown(other.get().getHost() + " was not reached (" + reason(e) + ")");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Java's client leaves out why no connection came about. */
  private static String reason(IOException e) {
    return e.getMessage() == null ? "no connection" : e.getMessage();
  }

  private Finding unknown(String why) {
    return Finding.warning(
        Area.MACHINE,
        NAME,
        now() + "; not compared: " + why,
        "see that this machine reaches it, and compare by hand (date -u)");
  }

  /** Dates in answers are whole seconds, so that some of the difference is none. */
  private static Finding judged(String host, Duration ahead) {
    long seconds = ahead.abs().toSeconds();
    String found =
        seconds < 2
            ? "agrees with " + host
            : "%d s %s %s".formatted(seconds, ahead.isNegative() ? "behind" : "ahead of", host);
    if (ahead.abs().compareTo(MOST) > 0) {
      return Finding.problem(
          Area.MACHINE,
          NAME,
          found,
          "set the clock, or restart the pod elsewhere: logins are signed with the time and refused"
              + " when it is off");
    }
    return ahead.abs().compareTo(NOTABLE) > 0
        ? Finding.warning(
            Area.MACHINE, NAME, found, "set the clock: at a minute logins are refused")
        : Finding.ok(Area.MACHINE, NAME, found);
  }

  private static Optional<Instant> date(URI other) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(other)
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Date").flatMap(ClockCheck::parsed);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<Instant> parsed(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // told as no time
    }
  }
}
