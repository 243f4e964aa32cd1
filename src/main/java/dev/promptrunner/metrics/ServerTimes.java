package dev.promptrunner.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How long servers rendered and how long they could have: a server counts from the run's start on
 * once it has had a job, since it was paid for since then. Not thread-safe.
 */
final class ServerTimes {
  private static final Set<String> ON_SERVERS =
      Set.of("HIGH", "LOW", "COMBINE", "ENHANCE", "GENERATE");

  private final Map<String, Instant> working = new HashMap<>();
  private final Map<String, Duration> busy = new HashMap<>();
  private Instant begin = Instant.MAX;

  /** Whether a job of this kind needs a server. */
  static boolean rendering(String kind) {
    return ON_SERVERS.contains(kind);
  }

  void begin(Instant at) {
    begin = at;
  }

  void started(String server, Instant at) {
    working.put(server, at);
    busy.putIfAbsent(server, Duration.ZERO);
  }

  void ended(String server, Instant at) {
    Instant since = working.remove(server);
    if (since != null) {
      busy.merge(server, Duration.between(since, at), Duration::plus);
    }
  }

  /** Of all servers together, up to now. */
  Duration busy(Instant now) {
    Duration sum = Duration.ZERO;
    for (Duration each : busy.values()) {
      sum = sum.plus(each);
    }
    for (Instant since : working.values()) {
      sum = sum.plus(Duration.between(since, now));
    }
    return sum;
  }

  /** The time since the run's start, once for each server. */
  Duration possible(Instant now) {
    return now.isAfter(begin)
        ? Duration.between(begin, now).multipliedBy(busy.size())
        : Duration.ZERO;
  }

  /** 0 … 1; 0 as long as nothing was possible. */
  double idleShare(Instant now) {
    return idleShare(busy(now), possible(now));
  }

  static double idleShare(Duration busy, Duration possible) {
    if (!possible.isPositive()) {
      return 0;
    }
    double share = 1 - (double) busy.toMillis() / Math.max(1, possible.toMillis());
    return Math.clamp(share, 0.0, 1.0);
  }
}
