package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import java.util.List;

/** Ends a command before anything was rendered, with all that a user has to change. */
public final class Stop extends Exception {
  /** What kind of thing is wrong; decides the exit code. */
  public enum Kind {
    CONFIGURATION,
    INPUT,
    SERVER,
    DELIVERY
  }

  private final Kind kind;
  private final transient List<Problem> problems;

  public Stop(Kind kind, List<Problem> problems) {
    super(problems.toString());
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  public Stop(Kind kind, Problem problem) {
    this(kind, List.of(problem));
  }

  public Kind kind() {
    return kind;
  }

  public List<Problem> problems() {
    return problems;
  }
}
