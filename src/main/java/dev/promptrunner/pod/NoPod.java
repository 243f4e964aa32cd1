package dev.promptrunner.pod;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A machine that nobody bills by the hour. */
final class NoPod implements Pod {
  @Override
  public String describe() {
    return "no pod";
  }

  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public boolean keepsOnStop(Path path) {
    return true;
  }

  @Override
  public Probe canStop() {
    return new Probe(false, "not inside a known pod, nothing to stop", OptionalDouble.empty());
  }

  @Override
  public Ended end(Permit permit, Consumer<String> trouble) throws FailureException {
    throw new FailureException(
        new Failure.Pod(
            permit.action().word() + " of the pod",
            "this is not a known pod (neither RUNPOD_POD_ID nor CONTAINER_ID is set)",
            "set pod.stop-command to the command that stops this machine, or leave --after none"));
  }
}
