package dev.promptrunner.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was behind a failure, as one line for the log. */
final class Causes {
  private Causes() {}

  /** {@code IOException: disk I/O error ← SocketException: reset}; empty without a cause. */
  static String of(Throwable failure) {
    List<String> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable Throwable at = failure.getCause();
        at != null && seen.add(at);
        at = at.getCause()) {
      chain.add(at.toString());
    }
    return String.join(" <- ", chain);
  }
}
