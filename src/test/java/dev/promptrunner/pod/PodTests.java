package dev.promptrunner.pod;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What several tests of pods need. */
final class PodTests {
  private PodTests() {}

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
