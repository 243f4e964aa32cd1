package dev.promptrunner.pod;

import dev.promptrunner.base.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a key out of every text that came from outside. GraphQL has the key in its address, so an
 * error text of any layer below may hold it, plain or encoded.
 */
final class Redactor {
  private static final int LONGEST = 300;

  private final Optional<Secret> key;

  Redactor(Optional<Secret> key) {
    this.key = key;
  }

  /** One line of at most 300 characters without the key. */
  String line(String text) {
    String line = clean(text).replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** The text without the key, otherwise as it was. */
  String clean(String text) {
    if (key.isEmpty() || key.get().reveal().isEmpty()) {
      return text;
    }
    String plain = key.get().reveal();
    String encoded = URLEncoder.encode(plain, StandardCharsets.UTF_8);
    return text.replace(plain, "***").replace(encoded, "***");
  }
}
