package dev.promptrunner.comfy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/**
 * One connection of the socket, from handshake to close. It pings by itself, because ComfyUI never
 * does, and sends no Origin, which ComfyUI would check.
 */
final class Connection extends WebSocketClient {
  /** Without it previews would come without their job's id. Must be the first message. */
  private static final String HANDSHAKE =
      "{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}";

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Consumer<ServerEvent> sink;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int closeCode = CloseFrame.NEVER_CONNECTED;
  private volatile String trouble = "";

  Connection(
      URI url,
      Map<String, String> headers,
      ComfySettings.Timeouts timeouts,
      Duration ping,
      int largestMessage,
      Consumer<ServerEvent> sink) {
    super(
        url,
        new Draft_6455(List.of(), List.of(new Protocol("")), largestMessage),
        headers,
        Math.toIntExact(timeouts.connect().toMillis()));
    this.sink = sink;
    setTcpNoDelay(true);
    setDaemon(true);
    setConnectionLostTimeout(Math.toIntExact(Math.max(1, ping.toSeconds())));
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    send(HANDSHAKE);
  }

  @Override
  public void onMessage(String frame) {
    sink.accept(EventReader.text(frame));
  }

  @Override
  public void onMessage(ByteBuffer frame) {
    sink.accept(EventReader.binary(frame));
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    closeCode = code;
    if (!reason.isEmpty()) {
      trouble = reason;
    }
    closed.countDown();
  }

  @Override
  public void onError(Exception e) {
    trouble = e.toString();
  }

  boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Whether both sides agreed on the end. After an unclean one the server's old handler may live on
   * for hours, and when it ends it takes the next connection's events with it.
   */
  boolean closedCleanly() {
    return closeCode == CloseFrame.NORMAL || closeCode == CloseFrame.GOING_AWAY;
  }

  /** What the library said last; empty for nothing. */
  String trouble() {
    return trouble;
  }

  /** Closes and waits for the server's own close, for a bounded time. */
  void end() throws InterruptedException {
    close();
    if (!awaitClosed(CLOSING)) {
      closeConnection(CloseFrame.ABNORMAL_CLOSE, "no answer to the close");
    }
  }
}
