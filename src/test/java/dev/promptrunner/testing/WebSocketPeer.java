package dev.promptrunner.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's end of one WebSocket, without a library, so that it can also misbehave. */
public final class WebSocketPeer {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final String clientId;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile boolean closedByClient;
  private final AtomicInteger pings = new AtomicInteger();
  private final Semaphore pongs = new Semaphore(0);

  public WebSocketPeer(Socket socket, LoopbackServer.Request request) throws IOException {
    this.socket = socket;
    this.clientId = request.query().getOrDefault("clientId", "");
    String accept = accept(request.header("Sec-WebSocket-Key"));
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public String clientId() {
    return clientId;
  }

  /** Texts the client sent, in order. */
  public List<String> received() {
    return received;
  }

  public int pings() {
    return pings.get();
  }

  /** Whether the client said goodbye. */
  public boolean closedByClient() {
    return closedByClient;
  }

  public void send(String text) {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) {
    frame(BINARY, bytes);
  }

  /** Begins a text of this many bytes, of which not one follows. */
  public synchronized void announce(long bytes) {
    try {
      byte[] head = ByteBuffer.allocate(10).put((byte) 0x81).put((byte) 127).putLong(bytes).array();
      socket.getOutputStream().write(head);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the client has read all that was sent: it answers a ping after it. */
  public void awaitRead() throws InterruptedException {
    frame(PING, new byte[0]);
    if (!pongs.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the client did not answer a ping within 10 s");
    }
  }

  /** Loses the connection without a goodbye. */
  public void drop() {
    try {
      LoopbackServer.cut(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes in the way the protocol wants it. */
  public void close() {
    frame(CLOSE, ByteBuffer.allocate(2).putShort((short) 1000).array());
  }

  /** Reads until the client is gone; answers pings and closes. */
  void readToEnd() {
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      boolean open = true;
      while (open) {
        open = readFrame(in);
      }
    } catch (IOException e) {
      // gone
    }
  }

  private boolean readFrame(DataInputStream in) throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    int size = length == 126 ? in.readUnsignedShort() : length;
    byte[] mask = in.readNBytes(4);
    byte[] data = in.readNBytes(size);
    for (int i = 0; i < data.length; i++) {
      data[i] ^= mask[i % 4];
    }
    switch (opcode) {
      case TEXT -> received.add(new String(data, StandardCharsets.UTF_8));
      case PING -> {
        pings.incrementAndGet();
        frame(PONG, data);
      }
      case PONG -> pongs.release();
      case CLOSE -> {
        closedByClient = true;
        frame(CLOSE, data);
        return false;
      }
      default -> {}
    }
    return true;
  }

  private synchronized void frame(int opcode, byte[] data) {
    try {
      OutputStream out = socket.getOutputStream();
      ByteBuffer frame = ByteBuffer.allocate(data.length + 10);
      frame.put((byte) (0x80 | opcode));
      if (data.length < 126) {
        frame.put((byte) data.length);
      } else if (data.length < 65_536) {
        frame.put((byte) 126).putShort((short) data.length);
      } else {
        frame.put((byte) 127).putLong(data.length);
      }
      frame.put(data);
      out.write(frame.array(), 0, frame.position());
      out.flush();
    } catch (IOException e) {
      // a lost listener is no trouble of the server
    }
  }
}
