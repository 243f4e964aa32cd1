package dev.promptrunner.metrics;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps count of what a run spends: the time in which servers were at work, failed tries among it,
 * the time in which they stood idle, and the video that came of it. Hears the run's events and
 * believes nothing else. Safe for use by any thread.
 *
 * <p>A prompt file's dollars are its share of the servers' time; the run's are the price of all
 * time since its start, idle time too, so that they are more than the sum of the shares.
 */
public final class Accounts implements RunListener {
  private final Instant start;
  private final FrameRate rate;
  private final Optional<Double> dollarsPerHour;
  private final Map<String, Presence> servers = new HashMap<>();
  private final int serverCount;
  private final Map<JobId, RunEvent.JobStarted> running = new HashMap<>();
  private final Map<String, Share> works = new LinkedHashMap<>();
  private Optional<Instant> began = Optional.empty();

  /** When a server was there; since when it is away. */
  private static final class Presence {
    private Duration away = Duration.ZERO;
    private Optional<Instant> down = Optional.empty();

    void down(Instant at) {
      down = down.or(() -> Optional.of(at));
    }

    void up(Instant at) {
      away = awayUntil(at);
      down = Optional.empty();
    }

    Duration awayUntil(Instant at) {
      return away.plus(down.map(since -> positive(since, at)).orElse(Duration.ZERO));
    }
  }

  /** One prompt file's part. */
  private static final class Share {
    private int frames;
    private boolean finished;
    private Duration gpu = Duration.ZERO;
  }

  /**
   * @param start since when the pod is counted
   * @param rate of the segments: a prompt file's frames at this rate are its video's length
   * @param dollarsPerHour the pod's price, however many servers it has; empty when nobody knows
   * @param servers by the names that events use
   */
  public Accounts(
      Instant start, FrameRate rate, Optional<Double> dollarsPerHour, List<String> servers) {
    this.start = start;
    this.rate = rate;
    this.dollarsPerHour = dollarsPerHour;
    this.serverCount = Math.max(1, servers.size());
    servers.forEach(server -> this.servers.put(server, new Presence()));
  }

  @Override
  public synchronized void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted run -> began = Optional.of(run.at());
      case RunEvent.WorkStarted work -> share(work.work()).frames = work.frames();
      case RunEvent.JobStarted job when ServerTimes.rendering(job.kind()) ->
          running.put(job.job(), job);
      case RunEvent.JobDone job -> count(job.job(), job.at());
      case RunEvent.JobFailed job -> count(job.job(), job.at());
      case RunEvent.VideoReady video when video.finished() -> share(video.work()).finished = true;
      case RunEvent.ServerDown server -> presence(server.server()).down(server.at());
      case RunEvent.ServerUp server -> presence(server.server()).up(server.at());
      case RunEvent.JobStarted _,
          RunEvent.JobProgress _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.Delivered _,
          RunEvent.WorkDone _,
          RunEvent.WorkFailed _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ -> {}
    }
  }

  private void count(JobId job, Instant end) {
    RunEvent.JobStarted started = running.remove(job);
    if (started != null) {
      Share share = share(job.work());
      share.gpu = share.gpu.plus(positive(started.at(), end));
    }
  }

  private Share share(String work) {
    return works.computeIfAbsent(work, _ -> new Share());
  }

  private Presence presence(String server) {
    return servers.computeIfAbsent(server, _ -> new Presence());
  }

  /**
   * What this event makes due to be told of its prompt file: when its final video is there, and
   * when it has failed. Nothing for a prompt file that cost nothing in this run.
   */
  public synchronized Optional<RunEvent.Spent> dueAfter(RunEvent event) {
    return switch (event) {
      case RunEvent.VideoReady video when video.finished() -> ofWork(video.work(), video.at());
      case RunEvent.WorkFailed work -> ofWork(work.work(), work.at());
      default -> Optional.empty();
    };
  }

  private Optional<RunEvent.Spent> ofWork(String work, Instant at) {
    Share share = share(work);
    if (share.gpu.isZero()) {
      return Optional.empty();
    }
    double dollars =
        dollarsPerHour.map(price -> price * hours(share.gpu) / serverCount).orElse(0.0);
    return Optional.of(
        new RunEvent.Spent(at, work, share.gpu, Duration.ZERO, length(share), dollars));
  }

  /** What the run spent until now. */
  public synchronized RunEvent.Spent ofRun(Instant now) {
    Duration underWay =
        running.values().stream()
            .map(job -> positive(job.at(), now))
            .reduce(Duration.ZERO, Duration::plus);
    Duration gpu = works.values().stream().map(share -> share.gpu).reduce(underWay, Duration::plus);
    Duration video =
        works.values().stream()
            .filter(share -> !share.gpu.isZero())
            .map(this::length)
            .reduce(Duration.ZERO, Duration::plus);
    double dollars = dollarsPerHour.map(price -> price * hours(positive(start, now))).orElse(0.0);
    return new RunEvent.Spent(now, "", gpu, idle(now, gpu), video, dollars);
  }

  private Duration idle(Instant now, Duration gpu) {
    Duration all = began.map(at -> positive(at, now)).orElse(Duration.ZERO);
    Duration there =
        servers.values().stream()
            .map(server -> all.minus(server.awayUntil(now)))
            .reduce(Duration.ZERO, Duration::plus);
    Duration idle = there.minus(gpu);
    return idle.isNegative() ? Duration.ZERO : idle;
  }

  private Duration length(Share share) {
    return share.finished
        ? Duration.ofNanos(Math.round(share.frames / rate.framesPerSecond() * 1e9))
        : Duration.ZERO;
  }

  private static double hours(Duration time) {
    return time.toNanos() / 3.6e12;
  }

  /** The clock may be set back meanwhile. */
  private static Duration positive(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }
}
