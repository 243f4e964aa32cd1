package dev.promptrunner.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs by their command line; one that is not listed is not installed. */
final class FakePrograms implements ProcessRunner {
  private final Map<String, Result> results = new HashMap<>();
  private final List<String> runs = new ArrayList<>();

  FakePrograms on(String line, int exitCode, String output) {
    results.put(line, new Result(exitCode, output, false));
    return this;
  }

  FakePrograms hangs(String line) {
    results.put(line, new Result(-1, "", true));
    return this;
  }

  @Override
  public Result run(List<String> command, Duration timeout) throws IOException {
    String line = String.join(" ", command);
    runs.add(line);
    Result result = results.get(line);
    if (result == null) {
      throw new IOException("Cannot run program \"" + command.getFirst() + "\": No such file");
    }
    return result;
  }

  List<String> runs() {
    return List.copyOf(runs);
  }
}
