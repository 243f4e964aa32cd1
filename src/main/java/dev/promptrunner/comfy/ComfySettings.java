package dev.promptrunner.comfy;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * How to talk to one ComfyUI server. The defaults suit a server on the same machine as well as one
 * behind a proxy.
 *
 * @param url http or https, with an optional path before ComfyUI's own routes; a {@code user:key@}
 *     part is sent as Basic authorisation and never printed
 */
public record ComfySettings(URI url, Timeouts timeouts, Polling polling, Limits limits) {
  public static final URI DEFAULT_URL = URI.create("http://127.0.0.1:8188");

  public ComfySettings {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "not the address of a ComfyUI server: '" + url + "': write http://host:port");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "no host in the address of the ComfyUI server: '" + url + "': write http://host:port");
    }
  }

  public static ComfySettings of(URI url) {
    return new ComfySettings(url, Timeouts.DEFAULTS, Polling.DEFAULTS, Limits.DEFAULTS);
  }

  public ComfySettings with(Timeouts other) {
    return new ComfySettings(url, other, polling, limits);
  }

  public ComfySettings with(Polling other) {
    return new ComfySettings(url, timeouts, other, limits);
  }

  public ComfySettings with(Limits other) {
    return new ComfySettings(url, timeouts, polling, other);
  }

  /**
   * How long to wait for what.
   *
   * @param connect for a TCP connection
   * @param read between two bytes of an answer: ComfyUI's handlers share one event loop with the
   *     rendering, so a slow answer is not a dead server
   * @param refused how long connections may be refused before a followed job counts as lost
   * @param silent how long no request may be answered at all before a followed job counts as lost
   * @param stall without any progress of a running job that the socket reports on
   * @param blindStall the same for a job of which only the history is seen
   * @param cancel how long a cancelled job may go on before the server must be restarted
   */
  public record Timeouts(
      Duration connect,
      Duration read,
      Duration refused,
      Duration silent,
      Duration stall,
      Duration blindStall,
      Duration cancel) {
    public static final Timeouts DEFAULTS =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            Duration.ofHours(2),
            Duration.ofSeconds(60));

    public Timeouts withRead(Duration other) {
      return new Timeouts(connect, other, refused, silent, stall, blindStall, cancel);
    }

    public Timeouts withLost(Duration whenRefused, Duration whenSilent) {
      return new Timeouts(connect, read, whenRefused, whenSilent, stall, blindStall, cancel);
    }

    public Timeouts withStall(Duration other, Duration blind) {
      return new Timeouts(connect, read, refused, silent, other, blind, cancel);
    }

    public Timeouts withCancel(Duration other) {
      return new Timeouts(connect, read, refused, silent, stall, blindStall, other);
    }
  }

  /**
   * How often to look.
   *
   * @param healthy at the history while the socket reports on the job
   * @param blind the same while the socket is down, deaf or of another client
   * @param ended the same after the socket said that the job ended, which it says before the
   *     history is written
   * @param endedFor how long to look that often
   * @param queue at the queue, whose answer is large
   * @param confirm between the two double reads that prove a job lost
   * @param deafAfter how long a change that HTTP proved may stay unheard on the socket
   * @param ping between two pings of the socket, whole seconds
   */
  public record Polling(
      Duration healthy,
      Duration blind,
      Duration ended,
      Duration endedFor,
      Duration queue,
      Duration confirm,
      Duration deafAfter,
      Duration ping) {
    public static final Polling DEFAULTS =
        new Polling(
            Duration.ofSeconds(1),
            Duration.ofMillis(400),
            Duration.ofMillis(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(20));

    public Polling withQueue(Duration other) {
      return new Polling(healthy, blind, ended, endedFor, other, confirm, deafAfter, ping);
    }
  }

  /**
   * What is too large to be true.
   *
   * @param message bytes of one WebSocket message
   * @param answer bytes of one JSON answer
   * @param file bytes of one file that is fetched
   * @param attempts of one idempotent request
   */
  public record Limits(int message, long answer, long file, int attempts) {
    public static final Limits DEFAULTS =
        new Limits(64 * 1024 * 1024, 256L * 1024 * 1024, 200_000_000_000L, 5);
  }
}
