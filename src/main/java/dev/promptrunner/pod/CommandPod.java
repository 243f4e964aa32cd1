package dev.promptrunner.pod;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Any other machine: the user's own commands end it, and their exit code is the proof. */
final class CommandPod implements Pod {
  private final PodSettings settings;
  private final ProcessRunner programs;
  private final PodTime time;

  CommandPod(PodSettings settings, ProcessRunner programs, PodTime time) {
    this.settings = settings;
    this.programs = programs;
    this.time = time;
  }

  @Override
  public String describe() {
    return "this machine (ended by pod.stop-command)";
  }

  @Override
  public boolean exists() {
    return true;
  }

  /** What the command keeps is its author's to know; a stop that loses the disk is not a stop. */
  @Override
  public boolean keepsOnStop(Path path) {
    return true;
  }

  @Override
  public Probe canStop() {
    String words = "pod.stop-command is set; whether it works shows when it is run";
    return new Probe(settings.stopCommand().isPresent(), words, OptionalDouble.empty());
  }

  @Override
  public Ended end(Permit permit, Consumer<String> trouble)
      throws FailureException, InterruptedException {
    EndAction action = permit.action();
    String setting = "pod." + action.word() + "-command";
    String command = command(action).orElseThrow(() -> new FailureException(missing(setting)));
    Way way =
        new CommandWay(
            setting,
            _ -> List.of("sh", "-c", command),
            programs,
            settings.timeout(),
            new Redactor(Optional.empty()));
    StateReader exitCode = () -> new Reading.Refused("a command has no state");
    Ended ended =
        new EndLoop(
                describe(),
                List.of(way),
                exitCode,
                settings,
                time,
                "run it by hand and read what it says")
            .run(action, trouble);
    return new Ended("exit code 0", ended.via(), true);
  }

  private Optional<String> command(EndAction action) {
    return switch (action) {
      case STOP -> settings.stopCommand();
      case TERMINATE -> settings.terminateCommand();
    };
  }

  private Failure missing(String setting) {
    return new Failure.Pod(
        "ending " + describe(),
        setting + " is not set",
        "the machine is still running and BILLED: end it by hand, and set " + setting);
  }
}
