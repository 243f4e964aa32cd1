package dev.promptrunner.base;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes every secret that is known out of texts: plain, encoded for an address, and as it stands in
 * JSON. Immutable.
 *
 * <p>Secrets of fewer than 6 characters are not looked for: they would be found in ordinary words.
 */
public final class Redaction {
  /** Knows no secret. */
  public static final Redaction NONE = new Redaction(Set.of());

  private static final int SHORTEST = 6;

  /** A shorter path of an address, such as {@code /notify}, is no secret but a word. */
  private static final int TELLING = 16;

  private static final String HIDDEN = "***";

  private final List<String> forms;

  private Redaction(Set<String> forms) {
    this.forms =
        forms.stream()
            .filter(form -> form.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public static Redaction of(Collection<Secret> secrets) {
    return NONE.and(secrets);
  }

  /** These secrets too. */
  public Redaction and(Collection<Secret> secrets) {
    Set<String> all = new LinkedHashSet<>(forms);
    secrets.forEach(secret -> all.addAll(forms(secret.reveal())));
    return new Redaction(all);
  }

  /** The parts of a secret address too: an error often quotes its path or its query alone. */
  public Redaction andAddress(Secret address) {
    List<Secret> parts = new ArrayList<>();
    parts.add(address);
    try {
      URI uri = URI.create(address.reveal());
      for (String part : new String[] {uri.getRawPath(), uri.getRawQuery(), uri.getRawUserInfo()}) {
        if (part != null && part.length() >= TELLING) {
          parts.add(new Secret(part));
        }
      }
      if (uri.getQuery() != null) {
        for (String pair : uri.getQuery().split("&")) {
          parts.add(new Secret(pair.substring(pair.indexOf('=') + 1)));
        }
      }
    } catch (IllegalArgumentException e) {
      return and(parts); // not an address; whole it is a secret all the same
    }
    return and(parts);
  }

  /** The text with {@code ***} for each secret; otherwise as it was. */
  public String clean(String text) {
    String clean = text;
    for (String form : forms) {
      clean = clean.replace(form, HIDDEN);
    }
    return clean;
  }

  /** Whether it knows of nothing to hide. */
  public boolean isEmpty() {
    return forms.isEmpty();
  }

  private static List<String> forms(String secret) {
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String inJson = secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    List<String> forms = new ArrayList<>(List.of(secret, encoded, encoded.replace("+", "%20")));
    forms.add(inJson);
    forms.add(inJson.replace("/", "\\/"));
    forms.add(secret.replaceAll("\\s*\\R\\s*", " | ")); // as the log folds lines
    forms.add(secret.replaceAll("\\s+", " "));
    if (secret.contains(":")) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      forms.add(Base64.getEncoder().encodeToString(bytes)); // HTTP Basic
    }
    // Each line of a key of several lines is as telling as the whole.
    secret.lines().map(String::strip).filter(line -> line.length() >= 32).forEach(forms::add);
    return forms;
  }

  /** Never shows what it hides. */
  @Override
  public String toString() {
    return forms.size() + " forms of secrets";
  }
}
