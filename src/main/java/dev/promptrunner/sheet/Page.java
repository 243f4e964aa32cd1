package dev.promptrunner.sheet;

import dev.promptrunner.base.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The page's HTML with all its styles and scripts in it. It is the same for every folder: what it
 * shows comes from the data beside it.
 */
final class Page {
  private static final List<String> STYLES =
      List.of("tokens", "frame", "filters", "card", "viewer", "charts", "phone");

  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom",
          "format",
          "data",
          "store",
          "filters",
          "favourites",
          "card",
          "scrub",
          "grid",
          "panel",
          "clips",
          "viewer",
          "axis",
          "parallel",
          "scatter",
          "charts",
          "narrow",
          "keys",
          "main");

  private Page() {}

  /** The whole page. */
  static String html() {
    String style = STYLES.stream().map(n -> part("css/" + n + ".css")).collect(joined());
    String body = SCRIPTS.stream().map(n -> part("js/" + n + ".js")).collect(joined());
    String script = "(() => {\n'use strict';\n" + body + "})();\n";
    return part("page.html")
        .replace("{{policy}}", policy(style, script))
        .replace("{{style}}", style)
        .replace("{{script}}", script);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n");
  }

  /** Nothing from the network, and no script or style but these two. */
  private static String policy(String style, String script) {
    return "default-src 'none'; img-src 'self' file: data: blob:; media-src 'self' file:; "
        + "script-src 'self' file: '%s'; style-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(script), hash(style));
  }

  private static String hash(String text) {
    byte[] digest = HexFormat.of().parseHex(Digest.of(text).hex());
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  private static String part(String name) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part sheet/page/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the program's part sheet/page/" + name, e);
    }
  }
}
