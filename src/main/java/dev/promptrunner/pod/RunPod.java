package dev.promptrunner.pod;

import dev.promptrunner.base.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A pod of RunPod. Its environment brings a key made for this pod alone, and it is not documented
 * which interfaces that key may use: so there are four ways, in the order of their future.
 */
final class RunPod implements Pod {
  private static final Path KEPT = Path.of("/workspace");

  private final String id;
  private final List<Way> ways = new ArrayList<>();
  private final List<StateReader> readers = new ArrayList<>();
  private final PodSettings settings;
  private final PodTime time;

  /**
   * @param key empty when the environment has none: then only the program is left
   */
  RunPod(
      String id, Optional<Secret> key, PodSettings settings, ProcessRunner programs, PodTime time) {
    this.id = id;
    this.settings = settings;
    this.time = time;
    Redactor redactor = new Redactor(key);
    Duration timeout = settings.timeout();
    PodHttp http = new PodHttp(timeout, redactor, time.clock());
    var rest = key.map(k -> new RunPodRest(http, settings.runpodUrl(), id, k));
    var graphQl = key.map(k -> new RunPodGraphQl(http, settings.runpodUrl(), id, k));
    rest.ifPresent(ways::add);
    ways.add(RunPodCli.current(id, programs, timeout, redactor));
    graphQl.ifPresent(ways::add);
    ways.add(RunPodCli.old(id, programs, timeout, redactor));
    rest.ifPresent(readers::add);
    graphQl.ifPresent(readers::add);
    readers.add(RunPodCli.state(id, programs, timeout, redactor));
  }

  @Override
  public String describe() {
    return "RunPod pod " + id;
  }

  @Override
  public boolean exists() {
    return true;
  }

  /** A stop wipes the container's disk and keeps the volume, which RunPod mounts there. */
  @Override
  public boolean keepsOnStop(Path path) {
    return path.toAbsolutePath().normalize().startsWith(KEPT);
  }

  @Override
  public Probe canStop() throws InterruptedException {
    Reading reading = read();
    return reading instanceof Reading.Known known
        ? new Probe(true, describe() + " is " + known.words(), known.dollarsPerHour())
        : new Probe(
            false,
            describe() + " cannot be asked about: " + reading.words() + " — " + byHand(),
            OptionalDouble.empty());
  }

  @Override
  public Ended end(Permit permit, Consumer<String> trouble) throws InterruptedException {
    return new EndLoop(describe(), ways, this::read, settings, time, byHand())
        .run(permit.action(), trouble);
  }

  private static String byHand() {
    return "set RUNPOD_API_KEY to a key that may manage pods, or end the pod at "
        + "https://console.runpod.io/pods";
  }

  /** The first interface that knows the pod; without one, what is worth asking again wins. */
  private Reading read() throws InterruptedException {
    List<Reading> others = new ArrayList<>();
    for (StateReader reader : readers) {
      Reading reading = reader.read();
      if (reading instanceof Reading.Known || reading.shows(EndAction.STOP)) {
        return reading;
      }
      others.add(reading);
    }
    String words = others.stream().map(Reading::words).collect(Collectors.joining("; "));
    if (others.stream().anyMatch(Reading.Unclear.class::isInstance)) {
      return new Reading.Unclear(words);
    }
    boolean missing = others.stream().anyMatch(Reading.NotFound.class::isInstance);
    return missing ? new Reading.NotFound(false, words) : new Reading.Refused(words);
  }
}
