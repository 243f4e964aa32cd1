package dev.promptrunner.store;

import dev.promptrunner.store.Status.ProcessState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the process of a run lives, told without touching its lock. */
record Liveness(Path root) {
  /** Processes count their start from the boot, whose instant each of them rounds for itself. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  ProcessState of(Optional<RunRow> run) {
    if (run.isEmpty() || run.get().finishedAt().isPresent()) {
      return ProcessState.GONE;
    }
    long pid = run.get().pid();
    // Without an owner file the process has closed its store.
    return OutputLock.owner(root)
        .filter(owner -> owner.pid() == pid)
        .map(Liveness::of)
        .orElse(ProcessState.GONE);
  }

  private static ProcessState of(Owner owner) {
    if (!owner.host().equals(OutputLock.host())) {
      return ProcessState.UNKNOWN;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(owner.pid()).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return ProcessState.GONE;
    }
    Optional<Instant> born = process.get().info().startInstant();
    if (born.isEmpty() || owner.born().isEmpty()) {
      return ProcessState.UNKNOWN;
    }
    Duration apart = Duration.between(born.get(), owner.born().get()).abs();
    return apart.compareTo(ROUNDING) <= 0 ? ProcessState.ALIVE : ProcessState.GONE;
  }
}
