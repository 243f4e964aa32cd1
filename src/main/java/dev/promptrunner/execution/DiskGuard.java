package dev.promptrunner.execution;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.plan.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps jobs from beginning on a disk without room for what they write. When one is held back, what
 * is superseded is cleaned away first; if that does not do, the run pauses and looks again, at
 * longer and longer intervals, until there is room or its patience ends. Used by the run's owner
 * alone.
 *
 * <p>The floor is the margin for all that is not foreseen: the first job of its kind, several at a
 * time, the state, other programs.
 */
final class DiskGuard {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
  private static final Duration LAST_LOOK = Duration.ofMinutes(1);

  /** A disk that was full with this much more would most likely be full again. */
  private static final long NOTEWORTHY = 1_000_000;

  /** With more than this and ten floors free it is one job's own trouble, such as a quota. */
  private static final long NEARLY_FULL = 1_000_000_000;

  private static final int NEARLY_FULL_FLOORS = 10;

  private final Path root;
  private final Ports.DiskSpace disk;
  private final DiskLimits limits;
  private final Runnable sweep;
  private final Ledger ledger;
  private final WrittenBefore written = new WrittenBefore();

  private long free;
  private long ranOutAt = -1;
  private long more = NOTEWORTHY;
  private Optional<Shortage> shortage = Optional.empty();
  private boolean heldBack;
  private boolean swept;
  private boolean paused;
  private boolean lookDue;
  private Duration waited = Duration.ZERO;
  private Duration pause = FIRST_LOOK;

  /**
   * The job that could not begin.
   *
   * @param needed free bytes with which it may
   */
  private record Shortage(Job job, long needed) {}

  /** What the run does when all that may begin has begun. */
  sealed interface Verdict {
    /** Nothing special. */
    record GoOn() implements Verdict {}

    /** Looks at the disk again after this time. */
    record LookAgain(Duration after) implements Verdict {}

    /** Ends: nobody made room. */
    record GiveUp() implements Verdict {}
  }

  /**
   * A guard of this root's disk.
   *
   * @param sweep removes what is superseded
   */
  DiskGuard(Path root, Ports.DiskSpace disk, DiskLimits limits, Runnable sweep, Ledger ledger) {
    this.root = root;
    this.disk = disk;
    this.limits = limits;
    this.sweep = sweep;
    this.ledger = ledger;
  }

  /** What jobs wrote, so that others like them are judged by it. */
  WrittenBefore written() {
    return written;
  }

  /** Reads the free space anew; to be called before jobs are handed out. */
  void look() {
    free = disk.free();
    heldBack = false;
  }

  /** Whether this job may begin. */
  boolean admits(Job job) {
    long needed = Math.max(limits.floor().bytes() + written.expected(job), ranOutAt + 1);
    if (free >= needed || sweepOnce() >= needed) {
      return true;
    }
    if (!heldBack) {
      shortage = Optional.of(new Shortage(job, needed));
      heldBack = true;
    }
    return false;
  }

  private long sweepOnce() {
    if (!swept) {
      swept = true;
      sweep.run();
      free = disk.free();
    }
    return free;
  }

  /**
   * A job met the end of the disk: with no more room than now it would meet it again, and each time
   * it does, more room is asked for, because every further try may cost a whole rendering.
   *
   * @return whether jobs are held back until there is more; else it is the job's own trouble
   */
  boolean ranOut() {
    long now = disk.free();
    if (now >= Math.max(NEARLY_FULL, NEARLY_FULL_FLOORS * limits.floor().bytes())) {
      return false;
    }
    ranOutAt = now + more;
    more = Math.min(2 * more, NEARLY_FULL);
    return true;
  }

  /** The look that {@link Verdict.LookAgain} asked for is due. */
  void lookIsDue() {
    lookDue = false;
  }

  /**
   * Judges a round of handing out; announces when the run pauses and goes on.
   *
   * @param idle whether nothing is at work: only then time is money for nothing
   */
  Verdict judge(boolean idle) {
    Shortage lack = shortage.orElse(null);
    if (lack == null) {
      swept = false;
      return new Verdict.GoOn();
    }
    if (!heldBack && free >= lack.needed()) {
      resume();
      return new Verdict.GoOn();
    }
    if (lookDue) {
      return new Verdict.GoOn();
    }
    if (idle && waited.compareTo(limits.patience()) >= 0) {
      giveUp();
      return new Verdict.GiveUp();
    }
    return lookAgain(lack, idle);
  }

  private Verdict lookAgain(Shortage lack, boolean idle) {
    if (!paused) {
      paused = true;
      ledger.paused(reason(lack), remedy());
    }
    Duration next = pause;
    lookDue = true;
    waited = idle ? waited.plus(next) : waited;
    pause = next.multipliedBy(2).compareTo(LAST_LOOK) > 0 ? LAST_LOOK : next.multipliedBy(2);
    return new Verdict.LookAgain(next);
  }

  private void resume() {
    if (paused) {
      ledger.resumed("%s has %s free again".formatted(root, new ByteSize(free)));
    }
    shortage = Optional.empty();
    paused = false;
    swept = false;
    ranOutAt = -1;
    waited = Duration.ZERO;
    pause = FIRST_LOOK;
  }

  private void giveUp() {
    ledger.warn(
        "disk",
        "%s has %s free, the floor is %s: no further job is begun; free some space, or lower disk.floor, and run again"
            .formatted(root, new ByteSize(free), limits.floor()));
  }

  private String reason(Shortage lack) {
    return "%s has %s free, %s needs %s (disk.floor is %s)"
        .formatted(
            root, new ByteSize(free), lack.job().id(), new ByteSize(lack.needed()), limits.floor());
  }

  private String remedy() {
    return "free some space there ('du -xh %s | sort -h | tail' tells what takes it): jobs begin again by themselves; the run ends after %s without work (disk.patience), and the same command goes on then"
        .formatted(root, spoken(limits.patience()));
  }

  private static String spoken(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
