package dev.promptrunner.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small HTTP/1.1 server on loopback that leaves every byte to its handler, so that answers can be
 * cut, slow or wrong. Each connection has a thread of its own.
 */
public final class LoopbackServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Handler handler;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Answers one request; returns false when the connection is not to be used again. */
  @FunctionalInterface
  public interface Handler {
    boolean handle(Request request, Socket socket) throws IOException;
  }

  /**
   * @param path without query, decoded
   * @param headers by lower-case name
   */
  public record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public LoopbackServer(Handler handler) throws IOException {
    this(handler, 0);
  }

  public LoopbackServer(Handler handler, int port) throws IOException {
    this.handler = handler;
    this.listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("loopback-accept").start(this::accept);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (listening.isClosed()) {
          cut(socket); // it came while the server was closing
        }
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        continue; // closed, or the client was gone before it was taken
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        Request request = read(in);
        more = request != null && handler.handle(request, socket);
      }
    } catch (IOException e) {
      // the client went away, or the handler cut it
    } finally {
      sockets.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    String[] parts = first.split(" ");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    int mark = parts[1].indexOf('?');
    String path = mark < 0 ? parts[1] : parts[1].substring(0, mark);
    String query = mark < 0 ? "" : parts[1].substring(mark + 1);
    return new Request(parts[0], decode(path), query(query), headers, in.readNBytes(length));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Writes a whole answer with its right length. */
  public static void answer(Socket socket, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head(status, headers, body.length));
    all.writeBytes(body);
    OutputStream out = socket.getOutputStream();
    out.write(all.toByteArray());
    out.flush();
  }

  /** An answer's head, with whatever length the test wants to announce. */
  public static byte[] head(int status, Map<String, String> headers, long length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static void json(Socket socket, int status, String body) throws IOException {
    answer(
        socket,
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends a connection as a crash does: with a reset instead of a goodbye. */
  public static void cut(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
