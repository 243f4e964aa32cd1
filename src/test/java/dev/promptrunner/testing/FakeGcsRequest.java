package dev.promptrunner.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to {@link FakeGcs} and its answer.
 *
 * @param bucket and {@code object} from the path; empty where it has none
 * @param silent whether the connection is cut where the answer should go
 */
record FakeGcsRequest(
    HttpExchange exchange,
    Kind kind,
    String bucket,
    String object,
    Map<String, String> query,
    InputStream body,
    boolean silent) {
  private static final Pattern PATH =
      Pattern.compile("(?:/upload|/download)?/storage/v1/b/([^/]+)/o(?:/([^/]+))?");

  /** Ends the handling of a request without an answer. */
  static final class Cut extends IOException {
    Cut() {
      super("cut by script");
    }
  }

  static FakeGcsRequest of(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
    boolean matches = path.matches();
    String bucket = matches ? decode(path.group(1)) : "";
    String object = matches && path.group(2) != null ? decode(path.group(2)) : "";
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream body = exchange.getRequestBody();
    return new FakeGcsRequest(
        exchange,
        kind(exchange, query),
        bucket,
        object.isEmpty() ? query.getOrDefault("name", "") : object,
        query,
        zipped ? new GZIPInputStream(body) : body,
        false);
  }

  private static Kind kind(HttpExchange exchange, Map<String, String> query) {
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> "bytes */*".equals(range) ? Kind.QUERY : Kind.CHUNK;
      case "DELETE" -> Kind.DELETE;
      case "POST" ->
          switch (query.getOrDefault("uploadType", "")) {
            case "resumable" -> Kind.OPEN;
            case "multipart" -> Kind.MULTIPART;
            default -> Kind.TOKEN;
          };
      default -> "media".equals(query.get("alt")) ? Kind.DOWNLOAD : Kind.GET;
    };
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  boolean asksForRights() {
    return exchange.getRequestURI().getPath().endsWith("/iam/testPermissions");
  }

  FakeGcsRequest silenced() {
    return with(body, true);
  }

  FakeGcsRequest cutAfter(long bytes) {
    return with(new CutStream(body, bytes), true);
  }

  FakeGcsRequest damaged() {
    return with(new DamagedStream(body), silent);
  }

  private FakeGcsRequest with(InputStream newBody, boolean newSilent) {
    return new FakeGcsRequest(exchange, kind, bucket, object, query, newBody, newSilent);
  }

  void drain() throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }

  void json(int code, Map<String, ?> answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    bytes(code, JsonMapper.shared().writeValueAsBytes(answer));
  }

  /** The form of the API's errors; for bytes of a session a plain text, as the real one does. */
  void error(int code, String message) throws IOException {
    if (kind == Kind.CHUNK || kind == Kind.QUERY) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      bytes(code, message.getBytes(StandardCharsets.UTF_8));
      return;
    }
    Map<String, ?> reason = Map.of("message", message, "domain", "global", "reason", "scripted");
    json(
        code, Map.of("error", Map.of("code", code, "message", message, "errors", List.of(reason))));
  }

  void empty(int code) throws IOException {
    bytes(code, new byte[0]);
  }

  private void bytes(int code, byte[] bytes) throws IOException {
    if (silent) {
      throw new Cut();
    }
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  void file(Path file) throws IOException {
    exchange.sendResponseHeaders(200, Files.size(file));
    Files.copy(file, exchange.getResponseBody());
  }

  /** Ends like a broken connection after so many bytes. */
  private static final class CutStream extends FilterInputStream {
    private long left;

    CutStream(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = left == 0 ? -1 : super.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }

  /** Flips the lowest bit of the first byte. */
  private static final class DamagedStream extends FilterInputStream {
    private boolean done;

    DamagedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0 && !done) {
        bytes[offset] ^= 1;
        done = true;
      }
      return count;
    }
  }
}
