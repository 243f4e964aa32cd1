package dev.promptrunner.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /metrics} in Prometheus' text on a loopback port. */
final class MetricsPort implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricsPort.class);
  private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;

  private MetricsPort(HttpServer server) {
    this.server = server;
  }

  /** Empty when the port is taken: that is told, and costs only the numbers. */
  static Optional<MetricsPort> open(int port, PrometheusMeterRegistry registry) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/metrics", exchange -> answer(exchange, registry));
      server.start();
      log.info("numbers of this run: http://127.0.0.1:{}/metrics", server.getAddress().getPort());
      return Optional.of(new MetricsPort(server));
    } catch (IOException e) {
      log.warn(
          "opening metrics.port {}: {} — choose another port, or 0; the run goes on",
          port,
          e.getMessage());
      return Optional.empty();
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, PrometheusMeterRegistry registry)
      throws IOException {
    try (exchange) {
      byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", FORM);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
