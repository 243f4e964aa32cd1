package dev.promptrunner.delivery;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Google's server said, out of the nest of exceptions its client makes of it. */
final class GcsAnswer {
  private static final int LONGEST = 300;

  private GcsAnswer() {}

  /** Status and message as one line for a person, without the address of an upload session. */
  static String of(StorageException e) {
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
        .map(GcsAnswer::messageIn);
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
  static Optional<String> loginRefused(StorageException e) {
    return causes(e)
        .map(cause -> String.valueOf(cause.getMessage()))
        .filter(message -> message.contains("invalid_grant") || message.contains("invalid_client"))
        .map(message -> message.contains("invalid_grant") ? "invalid_grant" : "invalid_client")
        .findFirst();
  }

  static Stream<Throwable> causes(@Nullable Throwable first) {
    return first == null
        ? Stream.empty()
        : Stream.iterate(first, t -> t != null, Throwable::getCause);
  }
}
