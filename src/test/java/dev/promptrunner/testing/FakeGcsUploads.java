package dev.promptrunner.testing;

import dev.promptrunner.testing.FakeGcsObjects.Stored;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads to {@link FakeGcs}, by the rules of its JSON API. */
final class FakeGcsUploads {
  private static final Pattern MULTIPART =
      Pattern.compile(
          "(?s)--[^\r\n]+\r\n.*?\r\n\r\n(.*?)\r\n--[^\r\n]+\r\n.*?\r\n\r\n(.*)\r\n--.*");
  private static final String TAKEN =
      "At least one of the pre-conditions you specified did not hold.";

  private final FakeGcsObjects objects;
  private final Path folder;
  private final Map<String, FakeGcsSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, Integer> lost = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  FakeGcsUploads(FakeGcsObjects objects, Path folder) {
    this.objects = objects;
    this.folder = folder;
  }

  void open(FakeGcsRequest request, URI host) throws IOException {
    JsonNode metadata = JsonMapper.shared().readTree(request.body().readAllBytes());
    if (refusedAtOnce(request)) {
      return;
    }
    String id = "session-" + next.incrementAndGet();
    sessions.put(
        id,
        new FakeGcsSession(
            objects,
            request.bucket(),
            request.object(),
            onlyIfAbsent(request),
            Optional.ofNullable(metadata.path("crc32c").asString(null)),
            Files.createTempFile(folder, id, "")));
    request
        .exchange()
        .getResponseHeaders()
        .set(
            "Location",
            host + request.exchange().getRequestURI().getRawPath() + "?upload_id=" + id);
    request.empty(200);
  }

  private boolean refusedAtOnce(FakeGcsRequest request) throws IOException {
    if (!objects.hasBucket(request.bucket())) {
      request.error(404, "The specified bucket does not exist.");
      return true;
    }
    if (onlyIfAbsent(request) && objects.find(request.bucket(), request.object()).isPresent()) {
      request.error(412, TAKEN);
      return true;
    }
    return false;
  }

  private static boolean onlyIfAbsent(FakeGcsRequest request) {
    return "0".equals(request.query().get("ifGenerationMatch"));
  }

  void lose(FakeGcsRequest request, int code) {
    String id = request.query().getOrDefault("upload_id", "");
    sessions.remove(id);
    lost.put(id, code);
  }

  void chunk(FakeGcsRequest request) throws IOException {
    Optional<FakeGcsSession> session = session(request);
    if (session.isPresent()) {
      session.get().chunk(request);
    }
  }

  void query(FakeGcsRequest request) throws IOException {
    request.drain();
    Optional<FakeGcsSession> session = session(request);
    if (session.isPresent()) {
      session.get().answer(request);
    }
  }

  private Optional<FakeGcsSession> session(FakeGcsRequest request) throws IOException {
    String id = request.query().getOrDefault("upload_id", "");
    Optional<FakeGcsSession> session = Optional.ofNullable(sessions.get(id));
    if (session.isEmpty()) {
      request.drain();
      request.error(lost.getOrDefault(id, 404), "No such upload session");
    }
    return session;
  }

  /** A small object: metadata and bytes in one body. */
  void multipart(FakeGcsRequest request) throws IOException {
    String body = new String(request.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    Matcher parts = MULTIPART.matcher(body);
    if (refusedAtOnce(request)) {
      return;
    }
    if (!parts.matches()) {
      request.error(400, "not a multipart body");
      return;
    }
    String name = JsonMapper.shared().readTree(parts.group(1)).path("name").asString();
    Path file = Files.createTempFile(folder, "small", "");
    Files.write(file, parts.group(2).getBytes(StandardCharsets.ISO_8859_1));
    Optional<Stored> stored =
        objects.createIf(
            onlyIfAbsent(request), request.bucket(), name, file, FakeGcsObjects.crc32c(file));
    if (stored.isPresent()) {
      request.json(200, stored.get().metadata());
    } else {
      request.error(412, TAKEN);
    }
  }
}
