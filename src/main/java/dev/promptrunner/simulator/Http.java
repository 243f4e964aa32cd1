package dev.promptrunner.simulator;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers in the forms of ComfyUI's web server. */
final class Http {
  private Http() {}

  static void json(Context http, JsonNode body) {
    http.contentType("application/json; charset=utf-8").result(Json.bytes(body));
  }

  static void empty(Context http, int status) {
    http.status(status).result("");
  }

  /** What any exception of a handler becomes. */
  static void trouble(Context http) {
    http.status(500)
        .contentType("text/plain; charset=utf-8")
        .result("500 Internal Server Error\n\nServer got itself in trouble");
  }

  static Optional<String> query(Context http, String name) {
    return Optional.ofNullable(http.queryParam(name));
  }

  static Optional<String> header(Context http, String name) {
    return Optional.ofNullable(http.header(name));
  }

  /** A page of another site that talks to a server on this machine is refused. */
  static boolean isForeign(Context http) {
    Optional<String> host = header(http, "Host").map(text -> text.toLowerCase(Locale.ROOT));
    Optional<String> origin = header(http, "Origin").map(text -> text.toLowerCase(Locale.ROOT));
    if (host.isEmpty() || origin.isEmpty() || !isLoopback(host.get())) {
      return false;
    }
    return !host.get().equals(authority(origin.get()));
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.startsWith("localhost") || host.startsWith("[::1]");
  }

  private static String authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getAuthority()).orElse("");
    } catch (IllegalArgumentException e) {
      return ""; // an Origin that is no address is of another site
    }
  }
}
