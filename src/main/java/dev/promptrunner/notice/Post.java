package dev.promptrunner.notice;

import dev.promptrunner.base.Redaction;
import dev.promptrunner.base.Secret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts JSON to one secret address: one try of at most 5 s, no redirects (they would carry the
 * notice elsewhere). What it says of a failure never holds the address.
 */
final class Post {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int KEPT_BODY = 200;

  private final HttpUrl url;
  private final Redaction redaction;
  private final InstantSource clock;
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectTimeout(CONNECT)
          .callTimeout(WHOLE)
          .followRedirects(false)
          .retryOnConnectionFailure(false) // it would say the same twice
          .build();

  /**
   * @throws IllegalArgumentException when it is no http or https address; the message does not show
   *     it
   */
  Post(Secret address, InstantSource clock) {
    HttpUrl parsed = HttpUrl.parse(address.reveal());
    if (parsed == null) {
      throw new IllegalArgumentException("a notice address that is not http or https");
    }
    this.url = parsed;
    this.redaction = Redaction.of(List.of(address)).andAddress(address);
    this.clock = clock;
  }

  Reply send(String body, Map<String, String> headers) {
    Request request =
        new Request.Builder()
            .url(url)
            .headers(Headers.of(headers))
            .header("User-Agent", "prompt-runner")
            .post(RequestBody.create(body, JSON))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return reply(response);
    } catch (IOException e) {
      return new Reply.Later(clean(e.getClass().getSimpleName() + " " + e.getMessage()), none());
    }
  }

  private Reply reply(Response response) throws IOException {
    int code = response.code();
    if (response.isSuccessful()) {
      return new Reply.Taken();
    }
    String words = clean("HTTP " + code + " " + response.peekBody(KEPT_BODY).string());
    boolean later = code == 408 || code == 429 || code >= 500;
    return later
        ? new Reply.Later(
            words, Optional.ofNullable(response.header("Retry-After")).flatMap(this::pause))
        : new Reply.Refused(words);
  }

  /** Seconds or an HTTP date (RFC 9110); anything else counts as not said. */
  private Optional<Duration> pause(String text) {
    try {
      Duration pause =
          text.strip().matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text.strip()))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
      Duration positive = pause.isNegative() ? Duration.ZERO : pause;
      return Optional.of(positive.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : positive);
    } catch (DateTimeException e) {
      return none();
    }
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  private String clean(String text) {
    return redaction.clean(text).replaceAll("\\s+", " ").strip();
  }

  /** Ends a try that is under way; from any thread. */
  void cut() {
    client.dispatcher().cancelAll();
  }
}
