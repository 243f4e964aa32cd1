package dev.promptrunner.simulator;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The routes on Jetty, each with and without the prefix {@code /api}. */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Larger frames of a client end its connection, as with ComfyUI. */
  private static final long LARGEST_FRAME = 4L << 20;

  private final Engine engine;
  private final AtomicReference<Optional<Server>> jetty = new AtomicReference<>(Optional.empty());
  private final Javalin javalin;

  private WebServer(Engine engine, ModelSlot models) {
    this.engine = engine;
    this.javalin = Javalin.create(config -> configure(config, models));
  }

  static WebServer start(Engine engine, ModelSlot models) {
    WebServer server = new WebServer(engine, models);
    server.javalin.start(engine.settings().host(), engine.settings().port());
    return server;
  }

  int port() {
    return javalin.port();
  }

  /** Cuts every connection at once, as when a process is killed, and frees the port. */
  @Override
  public void close() {
    jetty.get().ifPresent(WebServer::cut);
    javalin.stop();
  }

  private static void cut(Server server) {
    server.setStopTimeout(0);
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector listening) {
        listening.close();
      }
      connector.getConnectedEndPoints().forEach(EndPoint::close);
    }
  }

  private void configure(JavalinConfig config, ModelSlot models) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.defaultContentType = "application/octet-stream";
    config.http.maxRequestSize = Sockets.MAX_UPLOAD_BYTES;
    config.jetty.multipartConfig.cacheDirectory(engine.folders().temp().toString());
    config.jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
    config.jetty.modifyServer(server -> jetty.set(Optional.of(server)));
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setIdleTimeout(Duration.ZERO); // the server never gives up on a silent client
          factory.setMaxTextMessageSize(LARGEST_FRAME);
        });
    guard(config.routes);
    routes(config.routes, models);
  }

  private static void guard(RoutesConfig routes) {
    routes.before(WebServer::admit);
    routes.exception(
        Exception.class,
        (e, http) -> {
          boolean expected = e instanceof JacksonException || e instanceof IllegalArgumentException;
          LOG.atLevel(expected ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
              .setCause(e)
              .log("{} {} failed", http.method(), http.path());
          Http.trouble(http);
        });
    routes.error(404, http -> http.contentType("application/octet-stream").result(""));
  }

  private static void admit(Context http) {
    if (Http.isForeign(http)) {
      Http.empty(http, 403);
      http.skipRemainingHandlers();
    } else if (http.req().getContentLengthLong() > Sockets.MAX_UPLOAD_BYTES) {
      http.status(413)
          .contentType("text/plain; charset=utf-8")
          .result("Maximum request body size " + Sockets.MAX_UPLOAD_BYTES + " exceeded.");
      http.skipRemainingHandlers();
    }
  }

  private void routes(RoutesConfig routes, ModelSlot models) {
    PromptApi prompts = new PromptApi(engine);
    QueueApi queue = new QueueApi(engine, models);
    FactsApi facts = new FactsApi(engine, this::port);
    ViewApi view = new ViewApi(engine.folders());
    UploadApi upload = new UploadApi(engine.folders());
    for (String prefix : List.of("", "/api")) {
      routes.post(prefix + "/prompt", prompts::post);
      routes.post(prefix + "/queue", queue::changeQueue);
      routes.post(prefix + "/history", queue::changeHistory);
      routes.post(prefix + "/interrupt", queue::interrupt);
      routes.post(prefix + "/free", queue::free);
      routes.post(prefix + "/upload/image", upload::post);
      get(routes, prefix + "/prompt", queue::remaining);
      get(routes, prefix + "/queue", queue::queue);
      get(routes, prefix + "/history", queue::history);
      get(routes, prefix + "/history/{id}", queue::historyOf);
      get(routes, prefix + "/view", view::get);
      facts(routes, prefix, facts);
      routes.ws(prefix + "/ws", this::socket);
    }
    get(routes, "/internal/folder_paths", facts::folderPaths);
  }

  private static void facts(RoutesConfig routes, String prefix, FactsApi facts) {
    get(routes, prefix + "/object_info", facts::objectInfo);
    get(routes, prefix + "/object_info/{name}", facts::objectInfoOf);
    get(routes, prefix + "/system_stats", facts::systemStats);
    get(routes, prefix + "/features", facts::features);
    get(routes, prefix + "/models", facts::models);
    get(routes, prefix + "/models/{folder}", facts::modelsOf);
    get(routes, prefix + "/embeddings", facts::none);
    get(routes, prefix + "/extensions", facts::none);
  }

  private static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void socket(WsConfig socket) {
    socket.onConnect(
        client -> engine.sockets().connected(client, clientId(client), engine.queue().remaining()));
    socket.onMessage(
        client -> {
          try {
            engine.sockets().received(client, Json.read(client.message()));
          } catch (JacksonException e) {
            LOG.debug("a client sent what is not JSON", e); // ComfyUI logs it and goes on
          }
        });
    socket.onClose(engine.sockets()::closed);
    socket.onError(client -> LOG.debug("a socket failed", client.error()));
  }

  private static String clientId(WsContext client) {
    return Optional.ofNullable(client.queryParam("clientId"))
        .filter(id -> !id.isEmpty())
        .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
  }
}
