package dev.promptrunner.pod;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What a provider's interface gave back. No text in it holds the key. */
sealed interface Answer {
  JsonMapper JSON = new JsonMapper();

  /**
   * An HTTP answer.
   *
   * @param words code and body in one line, for error texts
   * @param retryAfter how long the provider wants to be left alone
   */
  record Reply(int code, String body, String words, Optional<Duration> retryAfter)
      implements Answer {
    /** The body's tree; missing when it is not JSON, as with Vast.ai's plain-text 429. */
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JacksonException e) {
        return MissingNode.getInstance();
      }
    }

    boolean ok() {
      return code >= 200 && code < 300;
    }

    /**
     * Too many requests, a time-out or a fault of the provider: the same request may work later.
     */
    boolean passing() {
      return code == 408 || code == 429 || code >= 500;
    }
  }

  /** No HTTP answer at all; the request may have been carried out all the same. */
  record Silence(String words) implements Answer {}
}
