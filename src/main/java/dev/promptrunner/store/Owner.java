package dev.promptrunner.store;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who writes to an output root, as the owner file tells it.
 *
 * @param pid 0 when the file could not be read
 * @param born when the process was started, as the operating system tells it: pids are used again
 * @param since when it took the output root
 */
record Owner(long pid, Optional<Instant> born, Instant since, String host) {
  static final Owner UNKNOWN = new Owner(0, Optional.empty(), Instant.EPOCH, "");

  /** One {@code name: value} a line, for people and for {@link #parse}. */
  String text() {
    return "pid: %d%nborn: %s%nsince: %s%nhost: %s%n"
        .formatted(pid, born.map(Instant::toString).orElse(""), since, host);
  }

  /** Whether both are this very process; only one that was started at another instant is not. */
  boolean isSameProcess(Owner other) {
    return born.isPresent()
        && pid == other.pid
        && host.equals(other.host)
        && born.equals(other.born);
  }

  /** The pid with its host when that is another one. */
  String named() {
    return pid == 0 ? "of unknown id" : pid + " on host " + host;
  }

  /** When it took the output root, in words. */
  String held() {
    return pid == 0 ? "an unknown time" : since.toString();
  }

  /** Empty when the text is torn or of another kind. */
  static Optional<Owner> parse(String text) {
    try {
      return line(text, "pid", Long::valueOf)
          .flatMap(
              pid ->
                  line(text, "since", Instant::parse)
                      .map(
                          since ->
                              new Owner(
                                  pid,
                                  line(text, "born", Instant::parse),
                                  since,
                                  line(text, "host", Function.identity()).orElse(""))));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static <T> Optional<T> line(String text, String name, Function<String, T> reading) {
    Matcher line = Pattern.compile("(?m)^" + name + ": (.+?)\\r?$").matcher(text);
    return line.find() ? Optional.of(reading.apply(line.group(1))) : Optional.empty();
  }
}
