package dev.promptrunner.pod;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the pod is found and ended.
 *
 * @param provider {@link Provider#AUTO} looks at the environment
 * @param stopCommand run by {@code sh -c} to stop this machine; wins over a detected provider
 * @param terminateCommand run by {@code sh -c} to delete this machine
 * @param undelivered what happens when finished work could not be delivered
 * @param runpodUrl root of RunPod's v2 REST and GraphQL interfaces
 * @param vastUrl root of Vast.ai's interface
 * @param timeout for one request or one command
 * @param settle how long an accepted request may take until the state shows it
 * @param giveUpAfter how long ending is tried before a person is told what it costs; it is tried on
 * @param dollarsPerHour the price as the user gave it; empty when the provider is to be asked
 */
public record PodSettings(
    Provider provider,
    Optional<String> stopCommand,
    Optional<String> terminateCommand,
    Undelivered undelivered,
    URI runpodUrl,
    URI vastUrl,
    Duration timeout,
    Duration settle,
    Duration giveUpAfter,
    Optional<BigDecimal> dollarsPerHour) {

  /** Everything by itself, with the providers' public addresses. */
  public static final PodSettings DEFAULTS =
      new PodSettings(
          Provider.AUTO,
          Optional.empty(),
          Optional.empty(),
          Undelivered.STOP,
          URI.create("https://api.runpod.io"),
          URI.create("https://console.vast.ai"),
          Duration.ofSeconds(20),
          Duration.ofSeconds(90),
          Duration.ofMinutes(10),
          Optional.empty());

  public PodSettings {
    refuseUnlessPositive("timeout", timeout);
    refuseUnlessPositive("settle", settle);
    refuseUnlessPositive("giveUpAfter", giveUpAfter);
  }

  private static void refuseUnlessPositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than nothing: " + duration);
    }
  }

  /** Who rents the machine out. */
  public enum Provider {
    AUTO,
    RUNPOD,
    VAST,
    COMMAND,
    NONE
  }

  /** The policy for finished work that did not reach the object store. */
  public enum Undelivered {
    /** The pod stays up, so that nothing is lost. */
    STAY,
    /** The pod is stopped where its disk keeps the work. */
    STOP
  }
}
