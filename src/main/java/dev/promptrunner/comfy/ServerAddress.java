package dev.promptrunner.comfy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Where a server is: its routes as URLs, its name as it may be printed. Immutable. */
final class ServerAddress {
  private final HttpUrl base;
  private final Optional<String> authorization;

  ServerAddress(URI url) {
    HttpUrl given = HttpUrl.get(url.toString());
    this.authorization =
        Optional.ofNullable(url.getUserInfo())
            .map(user -> user.getBytes(StandardCharsets.UTF_8))
            .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
    this.base = given.newBuilder().username("").password("").query(null).fragment(null).build();
  }

  /** The value of the Authorization header, when the address carried a user. */
  Optional<String> authorization() {
    return authorization;
  }

  /** The URL of a route, each part of its path unescaped. */
  HttpUrl route(String... segments) {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : segments) {
      url.addPathSegment(segment);
    }
    return url.build();
  }

  URI socket(String clientId) {
    HttpUrl url = route("ws").newBuilder().addQueryParameter("clientId", clientId).build();
    return URI.create("ws" + url.toString().substring("http".length()));
  }

  /** The address as a person gave it, without user and key. */
  @Override
  public String toString() {
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
