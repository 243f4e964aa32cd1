package dev.promptrunner.pod;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * HTTP/1.1 to a provider: one try, bounded in time and size, no redirects (they would carry the
 * key).
 */
final class PodHttp {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long LONGEST_BODY = 1 << 16;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final OkHttpClient client;
  private final Redactor redactor;
  private final InstantSource clock;

  PodHttp(Duration timeout, Redactor redactor, InstantSource clock) {
    this.client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .callTimeout(timeout)
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
    this.redactor = redactor;
    this.clock = clock;
  }

  static RequestBody json(String text) {
    return RequestBody.create(text, JSON);
  }

  /** Never throws for what the network does. */
  Answer send(Request.Builder request) {
    Request whole = request.header("User-Agent", "prompt-runner").build();
    try (Response response = client.newCall(whole).execute()) {
      String body = body(response);
      return new Answer.Reply(
          response.code(), body, words(response.code(), body), retryAfter(response));
    } catch (IOException e) {
      return new Answer.Silence(redactor.line(e.getClass().getSimpleName() + " " + e.getMessage()));
    }
  }

  /** Without the key from here on: what is read out of the body ends in messages too. */
  private String body(Response response) throws IOException {
    BufferedSource source = response.body().source();
    source.request(LONGEST_BODY);
    return redactor.clean(source.getBuffer().snapshot().utf8());
  }

  private String words(int code, String body) {
    return body.isBlank() ? "HTTP " + code : "HTTP " + code + ": " + redactor.line(body);
  }

  private Optional<Duration> retryAfter(Response response) {
    return Optional.ofNullable(response.header("Retry-After"))
        .flatMap(this::duration)
        .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /** Seconds or an HTTP date (RFC 9110 §10.2.3); anything else counts as not said. */
  private Optional<Duration> duration(String text) {
    if (text.strip().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
    }
    try {
      var at = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(clock.instant(), at);
      return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
