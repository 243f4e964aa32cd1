package dev.promptrunner.config;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of single values. */
final class Types {
  private static final BigInteger SEEDS = BigInteger.TWO.pow(64);
  private static final BigDecimal LEAST_DOLLARS = new BigDecimal("0.0001");
  private static final BigDecimal MOST_DOLLARS = new BigDecimal("1000000");

  static final SettingType<Boolean> SWITCH = new TextType<>("true or false", "true", Types::truth);

  static final SettingType<ByteSize> BYTES =
      new TextType<>("a number of bytes with its unit", "2GB", Quantities::bytes);

  static final SettingType<FrameSize> FRAME_SIZE =
      new TextType<>(
          "a width and a height, both multiples of 16 from 16 to 8192",
          "832x480",
          Types::frameSize);

  static final SettingType<BigInteger> SEED =
      new TextType<>("a whole number from 0 to 18446744073709551615", "42", Types::seed);

  static final SettingType<Deadline> DEADLINE =
      new TextType<>(
          "a time from the start (6h), a time of day (08:00) or a moment with its offset"
              + " (2026-11-22T08:00+01:00)",
          "6h",
          Deadline::parse);

  static final SettingType<BigDecimal> DOLLARS =
      new TextType<>("an amount in dollars from 0.0001 to 1000000", "5.00", Types::dollars);

  private Types() {}

  /**
   * Any text; what it means is for its user to judge.
   *
   * @param form what it should be, for people
   */
  static SettingType<String> text(String form, String example) {
    return new TextType<>(form, example, Optional::of);
  }

  static SettingType<Path> path(String example) {
    return new TextType<>("a path", example, Types::asPath);
  }

  /** An http or https address with a host. */
  static SettingType<URI> address(String example) {
    return new TextType<>("an http or https address", example, Types::asAddress);
  }

  /** An http or https address that nothing may show. */
  static SettingType<Secret> secretAddress(String example) {
    return new TextType<>(
        "an http or https address", example, text -> asAddress(text).map(_ -> new Secret(text)));
  }

  /** A text that nothing may show, of at least so many characters. */
  static SettingType<Secret> secret(String form, int least, String example) {
    return new TextType<>(
        form, example, text -> Optional.of(text).filter(t -> t.length() >= least).map(Secret::new));
  }

  /** A whole number within both bounds. */
  static SettingType<Integer> number(int least, int most, int example) {
    return new TextType<>(
        "a whole number from " + least + " to " + most,
        Integer.toString(example),
        text -> number(text).filter(n -> n >= least && n <= most));
  }

  /** A length of time within both bounds. */
  static SettingType<Duration> time(String least, String most, String example) {
    Duration shortest = Quantities.duration(least).orElseThrow();
    Duration longest = Quantities.duration(most).orElseThrow();
    return new TextType<>(
        "a time from " + least + " to " + most,
        example,
        text ->
            Quantities.duration(text)
                .filter(d -> d.compareTo(shortest) >= 0 && d.compareTo(longest) <= 0));
  }

  /** One word of an enum, in small letters, with dashes. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    E[] all = type.getEnumConstants();
    String words = Arrays.stream(all).map(Types::word).collect(Collectors.joining(", "));
    return new TextType<>(
        "one of " + words,
        word(all[0]),
        text -> Arrays.stream(all).filter(e -> word(e).equals(lower(text))).findFirst());
  }

  static String word(Enum<?> constant) {
    return lower(constant.name()).replace('_', '-');
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> asPath(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> asAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** YAML 1.1 writers say yes and on; environments say 1. */
  private static Optional<Boolean> truth(String text) {
    return switch (lower(text)) {
      case "true", "yes", "on", "1" -> Optional.of(true);
      case "false", "no", "off", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<FrameSize> frameSize(String text) {
    return FrameSize.parse(text).filter(size -> side(size.width()) && side(size.height()));
  }

  private static boolean side(int pixels) {
    return pixels % 16 == 0 && pixels <= 8192;
  }

  private static Optional<BigDecimal> dollars(String text) {
    return text.matches("\\d{1,7}(\\.\\d{1,6})?")
        ? Optional.of(new BigDecimal(text)).filter(Types::isAmount)
        : Optional.empty();
  }

  private static boolean isAmount(BigDecimal dollars) {
    return dollars.compareTo(LEAST_DOLLARS) >= 0 && dollars.compareTo(MOST_DOLLARS) <= 0;
  }

  private static Optional<BigInteger> seed(String text) {
    return text.matches("\\d{1,20}")
        ? Optional.of(new BigInteger(text)).filter(seed -> seed.compareTo(SEEDS) < 0)
        : Optional.empty();
  }
}
