package dev.promptrunner.pod;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What several tests of pods need. */
final class PodTests {
  /** For an ending that works. */
  static final Consumer<String> QUIET = _ -> {};

  private PodTests() {}

  /** What a person is told while nothing works, until a signal ends the trying. */
  static List<String> troubleOf(Pod pod, EndAction action) {
    List<String> told = new ArrayList<>();
    assertThatThrownBy(() -> pod.end(new Permit(action), told::add))
        .isInstanceOf(InterruptedException.class);
    return told;
  }

  static PodSettings settings(URI provider, Duration timeout, Duration settle, Duration giveUp) {
    return new PodSettings(
        PodSettings.Provider.AUTO,
        Optional.empty(),
        Optional.empty(),
        PodSettings.Undelivered.STAY,
        provider,
        provider,
        timeout,
        settle,
        giveUp,
        Optional.empty());
  }

  static PodSettings commands(Optional<String> stop, Optional<String> terminate) {
    return new PodSettings(
        PodSettings.Provider.COMMAND,
        stop,
        terminate,
        PodSettings.Undelivered.STAY,
        URI.create("http://127.0.0.1:1"),
        URI.create("http://127.0.0.1:1"),
        Duration.ofSeconds(20),
        Duration.ofSeconds(90),
        Duration.ofMinutes(10),
        Optional.empty());
  }
}
