package dev.promptrunner.comfy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one socket to a server, kept open by a thread of its own: it reconnects after a loss and
 * drops a connection that turns out to be deaf. Nothing depends on it but speed. Thread-safe.
 */
final class EventSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSocket.class);
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 15_000;

  private final ServerAddress address;
  private final String clientId;
  private final ComfySettings settings;
  private final Channels channels;
  private final Hearing hearing;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Semaphore retryNow = new Semaphore(0);
  private final CountDownLatch firstTry = new CountDownLatch(1);
  private final Thread keeper;

  EventSocket(
      ServerAddress address,
      String clientId,
      ComfySettings settings,
      InstantSource clock,
      Channels channels) {
    this.address = address;
    this.clientId = clientId;
    this.settings = settings;
    this.channels = channels;
    this.hearing = new Hearing(clock, settings.polling().deafAfter());
    this.keeper = Thread.ofPlatform().daemon().name("comfyui-socket").unstarted(this::keep);
  }

  Hearing hearing() {
    return hearing;
  }

  /** Connects if that was never asked for, and waits until the first try is over. */
  void awaitFirstTry() throws InterruptedException {
    if (started.compareAndSet(false, true)) {
      keeper.start();
    }
    firstTry.await(settings.timeouts().connect().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void keep() {
    long pause = FIRST_PAUSE_MS;
    try {
      while (true) {
        long before = hearing.received();
        serveOne();
        pause =
            hearing.received() > before ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
        if (pauseEndedEarly(ThreadLocalRandom.current().nextLong(pause / 2, pause))) {
          pause = FIRST_PAUSE_MS;
        }
      }
    } catch (InterruptedException e) {
      log.debug("socket to {} ended", address);
    }
  }

  private boolean pauseEndedEarly(long milliseconds) throws InterruptedException {
    boolean asked = retryNow.tryAcquire(milliseconds, TimeUnit.MILLISECONDS);
    retryNow.drainPermits();
    return asked;
  }

  /** Ends the pause before the next try: HTTP answers again. Does nothing while connected. */
  void retryNow() {
    if (!hearing.isOpen()) {
      retryNow.release();
    }
  }

  /** One connection from its handshake to its end. */
  private void serveOne() throws InterruptedException {
    Connection connection = connection();
    try {
      boolean open =
          connection.connectBlocking(
              settings.timeouts().connect().toMillis(), TimeUnit.MILLISECONDS);
      if (open) {
        hearing.opened();
        firstTry.countDown();
        channels.wakeAll();
        awaitEnd(connection);
      }
    } finally {
      firstTry.countDown();
      connection.end();
      hearing.closed(connection.closedCleanly());
      channels.wakeAll();
    }
    log.debug("socket to {} lost: {}", address, connection.trouble());
  }

  private void awaitEnd(Connection connection) throws InterruptedException {
    Duration tick = settings.polling().deafAfter().dividedBy(4);
    while (!connection.awaitClosed(tick)) {
      if (hearing.deaf()) {
        log.debug("socket to {} is deaf: connecting again", address);
        return;
      }
    }
  }

  private Connection connection() {
    int ordinal = hearing.nextConnection();
    Map<String, String> headers =
        Stream.ofNullable(address.authorization().orElse(null))
            .collect(Collectors.toMap(_ -> "Authorization", value -> value));
    return new Connection(
        address.socket(clientId),
        headers,
        settings.timeouts(),
        settings.polling().ping(),
        settings.limits().message(),
        event -> {
          hearing.heard();
          channels.deliver(event, ordinal);
        });
  }

  /** Closes cleanly, so that the same client id may connect again at once. */
  @Override
  public void close() {
    if (started.compareAndSet(false, true)) {
      return; // never asked for
    }
    keeper.interrupt();
    try {
      keeper.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
