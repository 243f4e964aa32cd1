package dev.promptrunner.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener on the wire between the program and its server: passes every byte on, keeps it. */
final class Tap implements AutoCloseable {
  private static final Pattern HEAD =
      Pattern.compile("(?s)POST [^ ]*/prompt HTTP/1\\.1\r\n(.*?)\r\n\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?i)Content-Length: (\\d+)");

  private final ServerSocket door;
  private final int server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ByteArrayOutputStream> asked = new CopyOnWriteArrayList<>();

  private final boolean hiding;

  private Tap(int server, boolean hiding) throws IOException {
    this.server = server;
    this.hiding = hiding;
    this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Listens before the server on this port of the loopback address. */
  static Tap before(int server) throws IOException {
    return new Tap(server, false);
  }

  /**
   * The same before a server that seems to have another disk: the files by which the program finds
   * out are asked for under a name that is not there.
   */
  static Tap beforeAnotherDisk(int server) throws IOException {
    return new Tap(server, true);
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** The bodies of all prompts sent so far, connection by connection. */
  List<JsonNode> prompts() {
    List<JsonNode> prompts = new ArrayList<>();
    for (ByteArrayOutputStream connection : asked) {
      byte[] bytes = connection.toByteArray();
      Matcher head = HEAD.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (head.find()) {
        Matcher length = LENGTH.matcher(head.group(1));
        if (length.find()) {
          int size = Integer.parseInt(length.group(1));
          prompts.add(
              JsonMapper.shared()
                  .readTree(new String(bytes, head.end(), size, StandardCharsets.UTF_8)));
        }
      }
    }
    return prompts;
  }

  /** How many requests began like this, such as {@code "GET /view?"}. */
  long requests(String beginning) {
    return asked.stream()
        .map(ByteArrayOutputStream::toByteArray)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .mapToLong(text -> text.split(Pattern.quote(beginning), -1).length - 1)
        .sum();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
        ByteArrayOutputStream question = new ByteArrayOutputStream();
        asked.add(question);
        threads.execute(() -> pump(near, far, Optional.of(question)));
        threads.execute(() -> pump(far, near, Optional.empty()));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void pump(Socket from, Socket to, Optional<ByteArrayOutputStream> kept) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] passed = Arrays.copyOf(buffer, count);
        out.write(kept.isPresent() && hiding ? hidden(passed) : passed);
        kept.ifPresent(stream -> stream.writeBytes(passed));
      }
    } catch (IOException _) {
      // One side has gone: closing the other tells it.
    }
  }

  private static byte[] hidden(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace("filename=prompt-runner-probe-", "filename=prompt-runner-absent")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
