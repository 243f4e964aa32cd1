package dev.promptrunner.pod;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Secret;
import dev.promptrunner.base.Sleeper;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Finds out on whose machine this process runs, from its environment alone. */
public final class PodDetector {
  private static final String RUNPOD_ID = "RUNPOD_POD_ID";
  private static final String RUNPOD_KEY = "RUNPOD_API_KEY";
  private static final String VAST_ID = "CONTAINER_ID";
  private static final String VAST_KEY = "CONTAINER_API_KEY";

  private final ProcessRunner programs;
  private final PodTime time;

  public PodDetector(ProcessRunner programs, InstantSource clock, Sleeper sleeper) {
    this.programs = programs;
    this.time = new PodTime(clock, sleeper);
  }

  /**
   * A command of the user wins, then RunPod, then Vast.ai. Asks nobody: see {@link Pod#canStop}.
   *
   * @throws FailureException when the provider is named and its environment is not there
   */
  public Pod detect(Map<String, String> env, PodSettings settings) throws FailureException {
    return switch (settings.provider()) {
      case NONE -> new NoPod();
      case COMMAND -> command(settings);
      case RUNPOD -> runPod(env, settings);
      case VAST -> vast(env, settings);
      case AUTO -> auto(env, settings);
    };
  }

  private Pod auto(Map<String, String> env, PodSettings settings) throws FailureException {
    if (settings.stopCommand().isPresent()) {
      return command(settings);
    }
    if (value(env, RUNPOD_ID).isPresent()) {
      return runPod(env, settings);
    }
    // Other systems set CONTAINER_ID too; the key is Vast.ai's alone.
    boolean vast = value(env, VAST_ID).isPresent() && value(env, VAST_KEY).isPresent();
    return vast ? vast(env, settings) : new NoPod();
  }

  private Pod command(PodSettings settings) throws FailureException {
    if (settings.stopCommand().isEmpty()) {
      throw absent("pod.stop-command", "command", "set it to the command that stops this machine");
    }
    return new CommandPod(settings, programs, time);
  }

  private Pod runPod(Map<String, String> env, PodSettings settings) throws FailureException {
    String id = id(env, RUNPOD_ID, "runpod", "[A-Za-z0-9_-]{1,64}");
    return new RunPod(id, value(env, RUNPOD_KEY).map(Secret::new), settings, programs, time);
  }

  private Pod vast(Map<String, String> env, PodSettings settings) throws FailureException {
    String id = id(env, VAST_ID, "vast", "[0-9]{1,18}");
    String key =
        value(env, VAST_KEY)
            .orElseThrow(() -> absent(VAST_KEY, "vast", "Vast.ai sets it inside an instance"));
    return new VastPod(id, new Secret(key), settings, time);
  }

  /** The id becomes part of addresses and commands: it is held to the provider's own form. */
  private static String id(Map<String, String> env, String name, String provider, String form)
      throws FailureException {
    String id =
        value(env, name).orElseThrow(() -> absent(name, provider, "the provider sets it in a pod"));
    if (!id.matches(form)) {
      throw new FailureException(
          new Failure.Configuration(
              "finding the pod", name + " is '" + id + "'", "it must have the form " + form));
    }
    return id;
  }

  private static FailureException absent(String name, String provider, String remedy) {
    return new FailureException(
        new Failure.Configuration(
            "finding the pod for pod.provider '" + provider + "'",
            name + " is not set",
            remedy + ", or set pod.provider to auto or none"));
  }

  private static Optional<String> value(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
