package dev.promptrunner.delivery;

import dev.promptrunner.base.Problem;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where {@code --deliver URI} points to. */
sealed interface Destination {
  String SETTING = "--deliver";
  String KNOWN = "write gs://BUCKET/PREFIX or file:///FOLDER";

  /**
   * A bucket of Google Cloud Storage.
   *
   * @param prefix without slashes at its ends; empty for the bucket's top
   */
  record Bucket(String bucket, String prefix) implements Destination {}

  /** A folder of this machine or of a network drive. */
  record Folder(Path folder) implements Destination {}

  /** Not a destination, and why. */
  record Invalid(Problem problem) implements Destination {}

  /** Bucket names by Google's rule: 3–63 of these signs, with dots up to 222. */
  Pattern BUCKET = Pattern.compile("gs://([a-z0-9][a-z0-9_.-]{1,220}[a-z0-9])(?:/(.*))?");

  Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  static Destination parse(String uri) {
    Matcher scheme = SCHEME.matcher(uri);
    if (!scheme.matches()) {
      return invalid("a destination needs a scheme", uri, KNOWN + asFile(uri));
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "gs" -> bucket(uri);
      case "file" -> folder(uri);
      case "s3" -> invalid("s3:// is planned, but not there yet", uri, KNOWN);
      default -> invalid("unknown kind of object store", uri, KNOWN + " (s3:// is planned)");
    };
  }

  private static Destination bucket(String uri) {
    Matcher form = BUCKET.matcher(uri);
    if (!form.matches()) {
      return invalid(
          "not a bucket",
          uri,
          "write gs://BUCKET/PREFIX with a bucket name of lower-case letters, digits, '-', '_' or"
              + " '.'");
    }
    String prefix = form.group(2) == null ? "" : form.group(2).replaceAll("^/+|/+$", "");
    return prefix.matches(".*(\\p{Cntrl}|//|(^|/)\\.\\.?(/|$)).*")
        ? invalid("not a prefix of object names", uri, "leave out '..', '.' and empty parts")
        : new Bucket(form.group(1), prefix);
  }

  private static Destination folder(String uri) {
    try {
      return new Folder(Path.of(URI.create(uri.replace(" ", "%20"))));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return invalid(
          "not a folder (" + e.getMessage() + ")",
          uri,
          "write three slashes and an absolute path: file:///data/videos");
    }
  }

  private static String asFile(String path) {
    return path.startsWith("/") ? "; for this folder: file://" + path : "";
  }

  private static Invalid invalid(String what, String found, String remedy) {
    return new Invalid(new Problem(SETTING, what, found, remedy));
  }
}
