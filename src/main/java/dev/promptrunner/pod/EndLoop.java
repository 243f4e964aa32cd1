package dev.promptrunner.pod;

import dev.promptrunner.base.Dollars;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tries every way in turn, reads the state back after each, and starts over with growing pauses:
 * without an end, because the pod costs money until somebody stops it. One object serves one
 * ending, on one thread.
 */
final class EndLoop {
  private static final Duration POLL = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final String pod;
  private final List<Way> ways;
  private final StateReader state;
  private final PodSettings settings;
  private final PodTime time;
  private final String byHand;

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Instant begun;
  private Duration patience;
  private OptionalDouble dollarsPerHour;
  private Duration askedToWait = Duration.ZERO;

  /**
   * @param pod as people know it
   * @param byHand where a person ends the pod when the program cannot
   */
  EndLoop(
      String pod,
      List<Way> ways,
      StateReader state,
      PodSettings settings,
      PodTime time,
      String byHand) {
    this.pod = pod;
    this.ways = ways;
    this.state = state;
    this.settings = settings;
    this.time = time;
    this.byHand = byHand;
    this.begun = time.now();
    this.patience = settings.giveUpAfter();
    this.dollarsPerHour =
        settings.dollarsPerHour().stream().mapToDouble(BigDecimal::doubleValue).findFirst();
  }

  /**
   * Returns when the pod has ended.
   *
   * @param trouble told that nothing works yet
   */
  Ended run(EndAction action, Consumer<String> trouble) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      for (Way way : ways) {
        Optional<Ended> ended = tryOnce(way, action);
        if (ended.isPresent()) {
          return ended.get();
        }
      }
      complain(action, trouble);
      time.sleep(longer(pause, askedToWait));
      askedToWait = Duration.ZERO;
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /** Twice as late each time: a night of warnings would hide all else. */
  private void complain(EndAction action, Consumer<String> trouble) {
    Duration passed = Duration.between(begun, time.now());
    if (passed.compareTo(patience) >= 0) {
      patience = passed.multipliedBy(2);
      trouble.accept(words(action, passed));
    }
  }

  private Optional<Ended> tryOnce(Way way, EndAction action) throws InterruptedException {
    Attempt attempt = way.end(action);
    words.put(way.name(), attempt.words());
    return switch (attempt) {
      case Attempt.Accepted _ -> await(way, action, true);
      case Attempt.Conflict _ -> await(way, action, false);
      case Attempt.NotFound _ -> now(way, action);
      case Attempt.Unclear unclear -> {
        askedToWait = longer(askedToWait, unclear.retryAfter().orElse(Duration.ZERO));
        yield now(way, action);
      }
      case Attempt.Refused _ -> Optional.empty();
    };
  }

  /** One look: a request without an answer may have been carried out all the same. */
  private Optional<Ended> now(Way way, EndAction action) throws InterruptedException {
    Reading reading = read();
    return reading.shows(action)
        ? Optional.of(new Ended(reading.words(), way.name(), true))
        : Optional.empty();
  }

  private Optional<Ended> await(Way way, EndAction action, boolean accepted)
      throws InterruptedException {
    Instant until = time.now().plus(settings.settle());
    while (true) {
      Reading reading = read();
      Optional<Ended> ended = judge(reading, way, action, accepted);
      if (ended.isPresent()) {
        return ended;
      }
      if (reading instanceof Reading.Refused || time.now().plus(POLL).isAfter(until)) {
        words.put(way.name(), words.get(way.name()) + ", then state: " + reading.words());
        return Optional.empty();
      }
      time.sleep(POLL);
    }
  }

  private Reading read() throws InterruptedException {
    Reading reading = state.read();
    if (reading instanceof Reading.Known known && dollarsPerHour.isEmpty()) {
      dollarsPerHour = known.dollarsPerHour();
    }
    return reading;
  }

  /** Empty while it is worth asking again. */
  private static Optional<Ended> judge(
      Reading reading, Way way, EndAction action, boolean accepted) {
    if (reading.shows(action) || (accepted && isGone(reading, action))) {
      return Optional.of(new Ended(reading.words(), way.name(), true));
    }
    if (accepted && (reading instanceof Reading.Refused || reading instanceof Reading.NotFound)) {
      return Optional.of(
          new Ended("accepted, but this key may not read the state back", way.name(), false));
    }
    return Optional.empty();
  }

  private static boolean isGone(Reading reading, EndAction action) {
    return action == EndAction.TERMINATE && reading instanceof Reading.NotFound;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private String words(EndAction action, Duration passed) {
    String tried =
        words.entrySet().stream()
            .map(e -> e.getKey() + " → " + e.getValue())
            .collect(Collectors.joining("; "));
    return "%s of %s: no way worked for %d minutes: %s — it may still be running and BILLED%s; it is tried on until you press Ctrl-C: %s"
        .formatted(action.word(), pod, passed.toMinutes(), tried, price(), byHand);
  }

  private String price() {
    return dollarsPerHour.isPresent()
        ? " (" + Dollars.text(dollarsPerHour.getAsDouble()) + " an hour)"
        : "";
  }
}
