package dev.promptrunner.config;

import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with every problem of every source. */
public final class ConfigException extends Exception {
  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the sources. */
  public List<Problem> problems() {
    return problems;
  }
}
