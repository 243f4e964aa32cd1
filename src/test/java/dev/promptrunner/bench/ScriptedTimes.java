package dev.promptrunner.bench;

import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What each kind of job takes, slept for real but scaled down; keeps the sum for each kind. Seconds
 * of the 4-step Wan render of 81 frames at 640² on a 4090, of a copying combine that re-encodes the
 * trimmed ends, and of an upload of 150 MB. Thread-safe.
 */
final class ScriptedTimes {
  static final double HIGH = 35;
  static final double LOW = 36;
  static final double REFERENCE = 0.4;
  static final double JOIN = 6;
  static final double UPLOAD = 20;

  private final double scale;
  private final Map<JobKind, LongAdder> spent = new ConcurrentHashMap<>();

  /**
   * @param scale real seconds for each scripted one, such as 0.01
   */
  ScriptedTimes(double scale) {
    this.scale = scale;
  }

  static double of(JobKind kind) {
    return switch (kind) {
      case HIGH -> HIGH;
      case LOW -> LOW;
      case REFERENCE -> REFERENCE;
      case JOIN -> JOIN;
      case DELIVER -> UPLOAD;
      case COMBINE, ENHANCE, GENERATE ->
          throw new IllegalArgumentException("not scripted: " + kind);
    };
  }

  static JobKind kind(Task.Render task) {
    return switch (task.pass()) {
      case HIGH -> JobKind.HIGH;
      case LOW -> JobKind.LOW;
      case COMBINE_FIRST, COMBINE_NEXT -> JobKind.COMBINE;
    };
  }

  void spend(JobKind kind) throws InterruptedException {
    spend(kind, of(kind));
  }

  /** Counts what it really took: the machine may let a sleeper lie longer. */
  void spend(JobKind kind, double seconds) throws InterruptedException {
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(Math.round(seconds * scale * 1e9));
    spent.computeIfAbsent(kind, _ -> new LongAdder()).add(System.nanoTime() - start);
  }

  /** Real seconds that the server was busy. */
  double server() {
    return of(spent, JobKind.HIGH) + of(spent, JobKind.LOW);
  }

  private static double of(Map<JobKind, LongAdder> spent, JobKind kind) {
    LongAdder sum = spent.get(kind);
    return sum == null ? 0 : sum.sum() / 1e9;
  }
}
