package dev.promptrunner.notice;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells people elsewhere of a run. Listening never waits and never throws: each receiver has a
 * queue of 256 notices and a thread of its own. Use it from one thread at a time.
 */
public final class Notices implements RunListener {
  private static final int ROOM = 256;

  private final NoticeSettings settings;
  private final Wording wording = new Wording();
  private final List<Courier> couriers;
  private boolean closed;

  private Notices(NoticeSettings settings, List<Courier> couriers) {
    this.settings = settings;
    this.couriers = couriers;
  }

  /** Starts a thread for each receiver; without receivers nothing is done at all. */
  public static Notices start(NoticeSettings settings, InstantSource clock, Sleeper sleeper) {
    return start(settings, receivers(settings, clock), sleeper);
  }

  static Notices start(NoticeSettings settings, List<Receiver> receivers, Sleeper sleeper) {
    return new Notices(
        settings,
        receivers.stream()
            .map(receiver -> Courier.start(receiver, new Outbox(ROOM), sleeper))
            .toList());
  }

  private static List<Receiver> receivers(NoticeSettings settings, InstantSource clock) {
    List<Receiver> receivers = new ArrayList<>();
    settings.slack().ifPresent(address -> receivers.add(new Slack(address, clock)));
    settings
        .webhook()
        .ifPresent(address -> receivers.add(new Webhook(address, settings.signingKey(), clock)));
    return receivers;
  }

  @Override
  public void on(RunEvent event) {
    wording
        .notice(event)
        .filter(notice -> settings.kinds().contains(notice.kind()))
        .ifPresent(notice -> couriers.forEach(courier -> courier.put(notice)));
  }

  /**
   * Ends. Idempotent.
   *
   * @param patience for what still waits, in all; zero leaves it unsent
   */
  public void close(Duration patience) throws InterruptedException {
    if (closed) {
      return;
    }
    closed = true;
    long deadline = System.nanoTime() + patience.toNanos();
    for (Courier courier : couriers) {
      courier.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  /**
   * Whether a receiver takes notices.
   *
   * @param name of its setting
   * @param found what it answered, without its address
   */
  public record Reached(String name, boolean taken, String found) {}

  /**
   * Asks every receiver with one try of at most 5 s, for {@code doctor}: Slack shows nothing of it,
   * a webhook gets a notice whose id begins with {@code doctor/}.
   */
  public static List<Reached> reachable(NoticeSettings settings, InstantSource clock) {
    return receivers(settings, clock).stream().map(Notices::reached).toList();
  }

  private static Reached reached(Receiver receiver) {
    return switch (receiver.probe()) {
      case Reply.Taken _ -> new Reached(receiver.name(), true, "notices arrive");
      case Reply.Later(String words, var _) -> new Reached(receiver.name(), false, words);
      case Reply.Refused(String words) -> new Reached(receiver.name(), false, words);
    };
  }
}
