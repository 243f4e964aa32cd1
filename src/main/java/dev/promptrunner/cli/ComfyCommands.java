package dev.promptrunner.cli;

import dev.promptrunner.app.ComfyJob;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.Stop;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.Settings;

/** {@code comfyui start|stop|restart|status}. */
final class ComfyCommands {
  private final Parts parts;
  private final Streams streams;

  ComfyCommands(Parts parts, Streams streams) {
    this.parts = parts;
    this.streams = streams;
  }

  ExitCode run(Settings settings, Request.Comfyui request)
      throws Stop, FailureException, InterruptedException {
    ComfyJob job = new ComfyJob(parts, settings, this::print);
    switch (request.action()) {
      case START -> job.start();
      case STOP -> job.stop();
      case RESTART -> job.restart();
      case STATUS -> {
        if (!job.status(request.common().json())) {
          return ExitCode.SERVER_UNREACHABLE;
        }
      }
    }
    return ExitCode.DELIVERED;
  }

  private void print(String line) {
    streams.out().println(line);
    streams.out().flush();
  }
}
