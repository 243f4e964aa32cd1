package dev.promptrunner.comfy;

import dev.promptrunner.base.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A whole answer in memory. Its JSON is looked for only where there should be some. */
@SuppressWarnings("ArrayRecordComponent") // lives for one exchange
record Answer(int status, String contentType, String location, byte[] body) {
  private static final int SHOWN = 200;

  /** No server that means well answers so. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(long limit) {
      super("the answer is larger than " + new ByteSize(limit));
    }
  }

  /**
   * @param limit bytes; a larger body is an error, so that a wrong server cannot fill the memory
   */
  static Answer of(Response response, long limit) throws IOException {
    ResponseBody body = response.body();
    if (body.contentLength() > limit || body.source().request(limit + 1)) {
      throw new TooLarge(limit);
    }
    return new Answer(
        response.code(),
        Optional.ofNullable(response.header("Content-Type")).orElse(""),
        Optional.ofNullable(response.header("Location")).orElse(""),
        body.source().readByteArray());
  }

  boolean ok() {
    return status == 200;
  }

  /** The body's JSON object or array; empty when it is something else. */
  Optional<JsonNode> json() {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      return node.isContainer() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  boolean html() {
    return contentType.startsWith("text/html") || text().stripLeading().startsWith("<");
  }

  /** The body's beginning on one line, for messages. */
  String text() {
    String all = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8);
    return all.strip().replaceAll("\\s+", " ");
  }
}
