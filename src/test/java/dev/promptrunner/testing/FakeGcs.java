package dev.promptrunner.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;

/**
 * Google Cloud Storage's JSON API as far as a client that uploads needs it, on a free loopback
 * port: resumable and multipart uploads, metadata, download, listing, deletion, preconditions,
 * CRC32C, a token endpoint; with faults by script. Objects lie in a folder, not in memory. Safe for
 * use by several threads.
 */
public final class FakeGcs implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeGcsObjects objects;
  private final FakeGcsUploads uploads;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile Optional<String> token = Optional.empty();
  private volatile Optional<List<String>> rights = Optional.empty();

  /** The kinds of request that a script can tell apart. */
  public enum Kind {
    /** Opens a resumable session. */
    OPEN,
    /** Bytes of a session. */
    CHUNK,
    /** Asks how far a session is. */
    QUERY,
    /** A small object in one request. */
    MULTIPART,
    /** Metadata of an object, or the list. */
    GET,
    /** The bytes of an object. */
    DOWNLOAD,
    DELETE,
    TOKEN
  }

  /** What happens instead of, or before, the right answer. */
  public sealed interface Effect {
    /** Answers so, having taken nothing. */
    record Status(int code, String message) implements Effect {}

    /** Takes so many bytes of the body, then cuts the connection. */
    record CutAfter(long bytes) implements Effect {}

    /** Does all that was asked, then cuts the connection instead of answering. */
    record CutBeforeAnswer() implements Effect {}

    /** Forgets the session, then answers so (404 or 410) for ever. */
    record LoseSession(int code) implements Effect {}

    /** Flips a bit of the bytes that arrive. */
    record Damage() implements Effect {}

    /** Does something else first, then answers rightly. */
    record First(Runnable action) implements Effect {}
  }

  private record Rule(Kind kind, IntPredicate nth, Effect effect) {}

  private FakeGcs(Path folder) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    objects = new FakeGcsObjects(folder);
    uploads = new FakeGcsUploads(objects, folder);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one that keeps its objects in the folder; it has no buckets yet. */
  public static FakeGcs start(Path folder) {
    try {
      return new FakeGcs(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public FakeGcs withBucket(String bucket) {
    objects.addBucket(bucket);
    return this;
  }

  /** From now on every request but those for a token needs this bearer token. */
  public FakeGcs withToken(String bearer) {
    token = Optional.of(bearer);
    return this;
  }

  /** From now on it tells which rights the account has; before, it knows no such question. */
  public FakeGcs withRights(String... held) {
    rights = Optional.of(List.of(held));
    return this;
  }

  /** Adds to the script: the first rule that fits a request's kind and count (from 1) holds. */
  public FakeGcs on(Kind kind, IntPredicate nth, Effect effect) {
    rules.add(new Rule(kind, nth, effect));
    return this;
  }

  /** From now on every upload is kept with a flipped bit, and its check value tells so. */
  public FakeGcs damagingWhatIsStored() {
    objects.damageWhatIsStored();
    return this;
  }

  /** The address to give to the client as its host. */
  public URI host() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  /** Puts an object there as somebody else would. */
  public void put(String bucket, String name, byte[] content) {
    objects.put(bucket, name, content);
  }

  /** Takes an object away as somebody else would. */
  public void remove(String bucket, String name) {
    objects.remove(bucket, name);
  }

  /** The names of a bucket's objects, sorted. */
  public List<String> names(String bucket) {
    return objects.names(bucket);
  }

  /** The bytes of an object, as a file. */
  public Path file(String bucket, String name) {
    return objects.find(bucket, name).orElseThrow().file();
  }

  /** How often an object was made in this bucket, whatever became of it. */
  public int creations(String bucket, String name) {
    return objects.creations(bucket, name);
  }

  /** How many requests of a kind came. */
  public synchronized int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** The Authorization headers of all requests, in order; empty texts where there was none. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void handle(HttpExchange exchange) throws IOException {
    FakeGcsRequest request = FakeGcsRequest.of(exchange);
    try (exchange) {
      Optional<Effect> effect = effect(request.kind());
      answer(request, effect);
    } catch (FakeGcsRequest.Cut cut) {
      // leaving without an answer closes the connection
    }
  }

  private synchronized Optional<Effect> effect(Kind kind) {
    int count = counts.merge(kind, 1, Integer::sum);
    return rules.stream()
        .filter(rule -> rule.kind() == kind && rule.nth().test(count))
        .map(Rule::effect)
        .findFirst();
  }

  private void answer(FakeGcsRequest request, Optional<Effect> effect) throws IOException {
    authorizations.add(request.header("Authorization").orElse(""));
    switch (effect.orElse(null)) {
      case Effect.Status(int code, String message) -> {
        request.drain();
        request.error(code, message);
      }
      case Effect.First(Runnable action) -> {
        action.run();
        route(request);
      }
      case Effect.CutBeforeAnswer() -> route(request.silenced());
      case Effect.CutAfter(long bytes) -> route(request.cutAfter(bytes));
      case Effect.Damage() -> route(request.damaged());
      case Effect.LoseSession(int code) -> {
        request.drain();
        uploads.lose(request, code);
        route(request);
      }
      case null -> route(request);
    }
  }

  private void route(FakeGcsRequest request) throws IOException {
    if (request.kind() != Kind.TOKEN && !authorized(request)) {
      request.drain();
      request.error(401, "Invalid Credentials");
      return;
    }
    if (request.asksForRights() && rights.isPresent()) {
      request.drain();
      request.json(200, Map.of("permissions", rights.get()));
      return;
    }
    switch (request.kind()) {
      case OPEN -> uploads.open(request, host());
      case CHUNK -> uploads.chunk(request);
      case QUERY -> uploads.query(request);
      case MULTIPART -> uploads.multipart(request);
      case GET, DOWNLOAD, DELETE -> objects.serve(request);
      case TOKEN -> {
        request.drain();
        request.json(
            200,
            Map.of(
                "access_token", token.orElse("any"), "expires_in", 3600, "token_type", "Bearer"));
      }
    }
  }

  private boolean authorized(FakeGcsRequest request) {
    String bearer = request.header("Authorization").orElse("");
    return token.isEmpty() || bearer.equals("Bearer " + token.get());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
