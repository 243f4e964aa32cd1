package dev.promptrunner.delivery;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google's errors in plain words. The client's exceptions are never handed on: their messages hold
 * the address of the upload session, with which anybody could go on writing.
 */
final class GcsErrors {
  private static final int LONGEST = 300;

  private final String bucket;

  GcsErrors(String bucket) {
    this.bucket = bucket;
  }

  /** The client's exception within one that its channels wrap around it. */
  static StorageException unwrap(IOException e) {
    return causes(e)
        .filter(StorageException.class::isInstance)
        .map(StorageException.class::cast)
        .findFirst()
        .orElseGet(() -> new StorageException(0, String.valueOf(e.getMessage()), e));
  }

  FailureException failure(String attempted, StorageException e) {
    return failure(attempted, e, false);
  }

  /**
   * As a failure.
   *
   * @param opened whether an upload session existed: then a 404 speaks of it, not of the bucket
   */
  FailureException failure(String attempted, StorageException e, boolean opened) {
    if (Thread.currentThread().isInterrupted()) {
      return Source.cancelled(attempted, new IOException(say(e)));
    }
    return new FailureException(describe(attempted, e, opened));
  }

  private Failure describe(String attempted, StorageException e, boolean opened) {
    Optional<String> login = loginRefused(e);
    if (login.isPresent()) {
      return new Failure.Rejected(
          attempted,
          "Google refused the login (" + login.get() + ")",
          "make a new key for the service account, and see that this machine's clock is right");
    }
    return opened && (e.getCode() == 404 || e.getCode() == 410)
        ? sessionLost(attempted, e)
        : byCode(attempted, e);
  }

  private static Failure sessionLost(String attempted, StorageException e) {
    return new Failure.Transient(
        attempted,
        "the object store forgot the upload again and again: " + say(e),
        "'run' again later delivers what is missing");
  }

  private Failure byCode(String attempted, StorageException e) {
    return switch (e.getCode()) {
      case 401 ->
          new Failure.Rejected(attempted, "no valid login: " + say(e), CredentialsFile.REMEDY);
      case 403 ->
          new Failure.Rejected(
              attempted,
              "the bucket refuses: " + say(e),
              "give the account the role \"Storage Object User\" on gs://" + bucket);
      case 404 ->
          new Failure.Rejected(
              attempted,
              "the bucket gs://" + bucket + " does not exist: " + say(e),
              "make it (gcloud storage buckets create gs://" + bucket + ") or correct --deliver");
      case 0, 408, 429, 500, 502, 503, 504 ->
          new Failure.Transient(
              attempted,
              "the object store could not be reached or was busy to the end: " + say(e),
              "see whether this machine reaches storage.googleapis.com; what is missing is"
                  + " delivered by the next 'run'");
      default ->
          new Failure.Rejected(
              attempted,
              "the object store refused: " + say(e),
              "correct what it names, then 'run' again; the video itself is kept");
    };
  }

  private static String say(StorageException e) {
    String code = e.getCode() == 0 ? "" : "HTTP " + e.getCode() + ", ";
    String said = answer(e).orElseGet(() -> String.valueOf(e.getMessage()));
    return code + firstLine(said) + rootOfUnknown(e);
  }

  /** What the server wrote: the message of the API's error, bare or wrapped, or its plain text. */
  private static Optional<String> answer(StorageException e) {
    return causes(e)
        .filter(HttpResponseException.class::isInstance)
        .map(cause -> ((HttpResponseException) cause).getContent())
        .filter(content -> content != null && !content.isBlank())
        .findFirst()
        .map(GcsErrors::messageIn);
  }

  private static String messageIn(String content) {
    try {
      JsonNode json = JsonMapper.shared().readTree(content);
      return json.at("/error/message").asString(json.at("/message").asString(content));
    } catch (JacksonException notJson) {
      return content;
    }
  }

  /** Further lines hold the session's address; a page of HTML helps nobody. */
  private static String firstLine(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    String clean = line.replaceAll("https?://\\S*upload_id=\\S*", "(upload session)");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  private static String rootOfUnknown(StorageException e) {
    Optional<Throwable> root = causes(e.getCause()).reduce((first, second) -> second);
    return e.getCode() != 0 || root.isEmpty()
        ? ""
        : " (" + root.get().getClass().getSimpleName() + ")";
  }

  /** What the token endpoint says of a revoked key, or of a clock that is wrong. */
  private static Optional<String> loginRefused(StorageException e) {
    return causes(e)
        .map(cause -> String.valueOf(cause.getMessage()))
        .filter(message -> message.contains("invalid_grant") || message.contains("invalid_client"))
        .map(message -> message.contains("invalid_grant") ? "invalid_grant" : "invalid_client")
        .findFirst();
  }

  private static Stream<Throwable> causes(@Nullable Throwable first) {
    return first == null
        ? Stream.empty()
        : Stream.iterate(first, t -> t != null, Throwable::getCause);
  }
}
