package dev.promptrunner.comfy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether the socket can be believed. A ComfyUI socket can stay open and say nothing for ever, so
 * every change that HTTP proves must be heard of on it within a few seconds: the server tells every
 * client of every change of the queue. Thread-safe.
 */
final class Hearing {
  private final InstantSource clock;
  private final Duration deafAfter;

  private long received;
  private int connection;
  private boolean open;
  private boolean suspect;
  private Optional<Instant> unheardSince = Optional.empty();

  Hearing(InstantSource clock, Duration deafAfter) {
    this.clock = clock;
    this.deafAfter = deafAfter;
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** Another process answers now: no old handler is left to take this connection's events. */
  synchronized void fresh() {
    suspect = false;
  }

  /** Messages heard so far, on all connections. */
  synchronized long received() {
    return received;
  }

  /** The ordinal of the present connection, from 1. */
  synchronized int connection() {
    return connection;
  }

  /** Open and without cause for doubt. */
  synchronized boolean trusted() {
    return open && !suspect && unheardSince.isEmpty();
  }

  /** HTTP proved a change after {@code mark} messages had been heard: one more is due. */
  synchronized void expectAfter(long mark) {
    if (open && received <= mark && unheardSince.isEmpty()) {
      unheardSince = Optional.of(clock.instant());
    }
  }

  /** A job that should have spoken is silent: time for a new connection. */
  synchronized void doubt() {
    if (open) {
      unheardSince = Optional.of(Instant.MIN);
    }
  }

  synchronized boolean deaf() {
    return unheardSince
        .filter(since -> since.isBefore(clock.instant().minus(deafAfter)))
        .isPresent();
  }

  synchronized int nextConnection() {
    return ++connection;
  }

  synchronized void opened() {
    open = true;
    unheardSince = Optional.empty();
  }

  synchronized void heard() {
    received++;
    unheardSince = Optional.empty();
  }

  /** After an unclean end the next connection may fall deaf at any time: it is never trusted. */
  synchronized void closed(boolean cleanly) {
    if (open) {
      suspect = !cleanly;
    }
    open = false;
    unheardSince = Optional.empty();
  }
}
