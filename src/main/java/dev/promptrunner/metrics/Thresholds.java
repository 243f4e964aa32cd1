package dev.promptrunner.metrics;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.event.RunEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Tells when a run goes badly, with what to do about it: each trouble once until it is over. It
 * only judges; time and readings are given. Not thread-safe.
 */
final class Thresholds {
  private static final int TRIES = 20;
  private static final int FEWEST_TRIES = 10;
  private static final ByteSize OWN_MEMORY = new ByteSize(2_000_000_000L);

  private final Limits limits;
  private final Deque<Boolean> failures = new ArrayDeque<>();
  private final IdleWindow idleWindow = new IdleWindow();
  private final StallWatch stalls = new StallWatch();
  private final Alarm errors = new Alarm();
  private final Alarm idle = new Alarm();
  private final Alarm own = new Alarm();
  private final Alarm machine = new Alarm();
  private final Alarm disk = new Alarm();

  /**
   * @param errorRate percentage of the last 20 tries; 0 for never
   * @param idleShare percentage of the last 30 minutes; 0 for never
   * @param diskFloor in bytes; told when less than twice as much is free
   */
  record Limits(int errorRate, int idleShare, long diskFloor) {}

  /**
   * What was measured, in bytes; empty where it cannot be.
   *
   * @param own of this process
   * @param available of the machine or container
   * @param limit of the machine or container
   */
  record Reading(
      OptionalLong own, OptionalLong available, OptionalLong limit, OptionalLong diskFree) {}

  Thresholds(Limits limits) {
    this.limits = limits;
  }

  void on(RunEvent event) {
    idleWindow.on(event);
    stalls.on(event);
    if (event instanceof RunEvent.JobDone) {
      tried(false);
    } else if (event instanceof RunEvent.JobFailed failed
        && !failed.failure().equals("Cancelled")) {
      tried(true);
    }
  }

  private void tried(boolean failed) {
    failures.addLast(failed);
    if (failures.size() > TRIES) {
      failures.removeFirst();
    }
  }

  /** What is to be told now. */
  List<RunEvent.Warning> check(Instant now, Reading reading) {
    List<RunEvent.Warning> told = new ArrayList<>();
    errorRate(now, told);
    idleShare(now, told);
    told.addAll(stalls.check(now));
    memory(now, reading, told);
    disk(now, reading, told);
    return told;
  }

  private void errorRate(Instant now, List<RunEvent.Warning> told) {
    if (limits.errorRate() == 0 || failures.size() < FEWEST_TRIES) {
      return;
    }
    long failed = failures.stream().filter(failure -> failure).count();
    double percent = 100.0 * failed / failures.size();
    if (errors.rings(percent > limits.errorRate(), percent <= limits.errorRate() / 2.0)) {
      told.add(
          new RunEvent.Warning(
              now,
              "failures",
              ("%d of the last %d tries failed: 'status' tells why each prompt file stopped; look"
                      + " at the server's log before more is paid for")
                  .formatted(failed, failures.size())));
    }
  }

  private void idleShare(Instant now, List<RunEvent.Warning> told) {
    OptionalDouble share = idleWindow.percent(now);
    if (limits.idleShare() == 0 || share.isEmpty()) {
      return;
    }
    double percent = share.getAsDouble();
    if (idle.rings(percent > limits.idleShare(), percent <= limits.idleShare() * 0.8)) {
      told.add(
          new RunEvent.Warning(
              now,
              "idle servers",
              ("the servers stood idle for %.0f %% of the last half hour: give more prompt files"
                      + " to one run, more media.workers or upload.workers, or fewer servers")
                  .formatted(percent)));
    }
  }

  private void memory(Instant now, Reading reading, List<RunEvent.Warning> told) {
    long mine = reading.own().orElse(0);
    if (own.rings(mine > OWN_MEMORY.bytes(), mine < OWN_MEMORY.bytes() * 3 / 4)) {
      told.add(
          new RunEvent.Warning(
              now,
              "memory",
              "this program itself occupies %s: 'cancel' and 'run' again, nothing is lost by it"
                  .formatted(new ByteSize(mine))));
    }
    if (reading.available().isEmpty() || reading.limit().isEmpty()) {
      return;
    }
    long free = reading.available().getAsLong();
    long all = reading.limit().getAsLong();
    if (machine.rings(free < all / 20, free > all / 10)) {
      told.add(
          new RunEvent.Warning(
              now,
              "memory",
              ("%s of %s of memory are left on this machine: fewer frames per chunk or a smaller"
                      + " size need less")
                  .formatted(new ByteSize(free), new ByteSize(all))));
    }
  }

  private void disk(Instant now, Reading reading, List<RunEvent.Warning> told) {
    if (limits.diskFloor() == 0 || reading.diskFree().isEmpty()) {
      return;
    }
    long free = reading.diskFree().getAsLong();
    if (disk.rings(free < 2 * limits.diskFloor(), free > 3 * limits.diskFloor())) {
      told.add(
          new RunEvent.Warning(
              now,
              "disk",
              ("%s are free, and below %s (disk.floor) no job is begun: move finished videos away,"
                      + " or deliver them and run without keep")
                  .formatted(new ByteSize(free), new ByteSize(limits.diskFloor()))));
    }
  }
}
