package dev.promptrunner.testing;

import dev.promptrunner.base.Failure;
import java.util.List;

/** One failure of every class; whoever adds a class adds it here. */
public final class Failures {
  public static final List<Failure> ALL =
      List.of(
          new Failure.Rejected("a", "b", "c"),
          new Failure.OutOfMemory("a", "b", "c"),
          new Failure.Transient("a", "b", "c"),
          new Failure.NodeFailed("a", "b", "c"),
          new Failure.ServerLost("a", "b", "c"),
          new Failure.Stalled("a", "b", "c"),
          new Failure.BadOutput("a", "b", "c"),
          new Failure.Cancelled("a", "b", "c"),
          new Failure.Disk("a", "b", "c"),
          new Failure.Store("a", "b", "c"),
          new Failure.Pod("a", "b", "c"),
          new Failure.Configuration("a", "b", "c"));

  private Failures() {}
}
