package dev.promptrunner.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A program that ends the pod; exit code 0 means that the request was accepted. */
record CommandWay(
    String name,
    Function<EndAction, List<String>> command,
    ProcessRunner programs,
    Duration timeout,
    Redactor redactor)
    implements Way {

  @Override
  public Attempt end(EndAction action) throws InterruptedException {
    List<String> line = command.apply(action);
    try {
      ProcessRunner.Result result = programs.run(line, timeout);
      String output = redactor.line(result.output());
      if (result.timedOut()) {
        return new Attempt.Unclear("killed after " + timeout + ": " + output, Optional.empty());
      }
      return result.exitCode() == 0
          ? new Attempt.Accepted("exit code 0: " + output)
          : new Attempt.Refused("exit code " + result.exitCode() + ": " + output);
    } catch (IOException e) {
      return new Attempt.Refused("cannot be run: " + redactor.line(String.valueOf(e.getMessage())));
    }
  }
}
