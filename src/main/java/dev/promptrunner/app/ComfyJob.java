package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.process.Launch;
import dev.promptrunner.comfy.process.ServerControl;
import dev.promptrunner.comfy.process.ServerStatus;
import dev.promptrunner.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Starts, stops and shows the servers of the settings, without a run. */
public final class ComfyJob {
  private final Parts parts;
  private final Settings settings;
  private final Consumer<String> out;

  /**
   * @param out gets each line for the user
   */
  public ComfyJob(Parts parts, Settings settings, Consumer<String> out) {
    this.parts = parts;
    this.settings = settings;
    this.out = out;
  }

  /** One server's part of a command. */
  private interface Part<T> {
    T of(ServerControl server, Launch launch) throws Stop, FailureException, InterruptedException;
  }

  /** Starts every server that does not run and returns when all take jobs. */
  public void start() throws Stop, FailureException, InterruptedException {
    requireCommand();
    each(new Supervision(parts, settings).launches(), this::start);
  }

  private boolean start(ServerControl server, Launch launch)
      throws FailureException, InterruptedException {
    String url = launch.url().toString();
    switch (server.start()) {
      case ServerControl.Start.Started(long pid, var took) ->
          out.accept(
              "%s takes jobs: process %d, started in %s; its log is %s"
                  .formatted(url, pid, ComfyText.time(took), launch.log()));
      case ServerControl.Start.RunsAlready(long pid) ->
          out.accept("%s runs already as process %d".formatted(url, pid));
      case ServerControl.Start.AnswersAlready() ->
          out.accept("%s answers already; it was not started from here".formatted(url));
    }
    return true;
  }

  /**
   * Stops every server that was started from here.
   *
   * @throws Stop when a run uses them, or one was started elsewhere
   */
  public void stop() throws Stop, FailureException, InterruptedException {
    requireNoRun("stop");
    each(new Supervision(parts, settings).places(), this::stop);
  }

  private boolean stop(ServerControl server, Launch launch)
      throws Stop, FailureException, InterruptedException {
    String url = launch.url().toString();
    switch (server.stop()) {
      case ServerControl.Stop.Stopped(long pid, boolean killed) ->
          out.accept(
              killed
                  ? "%s did not end within comfyui.stop-grace: process %d was killed"
                      .formatted(url, pid)
                  : "%s stopped: process %d".formatted(url, pid));
      case ServerControl.Stop.NotRunning() -> out.accept(url + " does not run");
      case ServerControl.Stop.NotOurs() ->
          throw new Stop(
              Stop.Kind.SERVER,
              new Problem(
                  "comfyui.url",
                  "the server was not started from here",
                  url,
                  "stop it where it was started"));
    }
    return true;
  }

  /** Stops and starts. */
  public void restart() throws Stop, FailureException, InterruptedException {
    requireCommand();
    stop();
    start();
  }

  /**
   * Shows every server.
   *
   * @return whether all of them answer
   */
  public boolean status(boolean json) throws Stop, FailureException, InterruptedException {
    List<ServerStatus> all =
        each(new Supervision(parts, settings).places(), (server, _) -> server.status());
    out.accept(json ? ComfyText.json(all) : ComfyText.of(all));
    return all.stream().allMatch(ServerStatus::running);
  }

  private <T> List<T> each(List<Launch> launches, Part<T> part)
      throws Stop, FailureException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (Launch launch : launches) {
      ComfySettings usual = ComfySettings.of(launch.url());
      try (ComfyServer client =
          new ComfyServer(usual, UUID.randomUUID().toString(), parts.clock(), parts.sleeper())) {
        results.add(
            part.of(new ServerControl(launch, client, parts.clock(), parts.sleeper()), launch));
      }
    }
    return results;
  }

  private void requireCommand() throws Stop {
    if (!settings.process().supervised()) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "comfyui.command",
              "nothing says how ComfyUI is started",
              "",
              "set comfyui.folder to where it is installed, or comfyui.command"));
    }
  }

  private void requireNoRun(String wish) throws Stop {
    Optional<Long> run = new StateText(settings.run().output()).runningProcess();
    if (run.isPresent()) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "comfyui " + wish,
              "a run uses the servers and would start them again",
              "process " + run.get(),
              "end it first with 'prompt-runner cancel'"));
    }
  }
}
