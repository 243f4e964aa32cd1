package dev.promptrunner.base;

/**
 * A job within an output root: the work's {@code name_key8} and the job's own label, such as {@code
 * walk_3f2a91c0/job_003} or {@code walk_3f2a91c0/combined_002}.
 *
 * @param value the whole id; stable over restarts, because it derives from the work alone
 */
public record JobId(String value) implements Comparable<JobId> {
  public JobId {
    int slash = value.indexOf('/');
    if (slash <= 0 || slash == value.length() - 1 || slash != value.lastIndexOf('/')) {
      throw new IllegalArgumentException("not a job id (work/label): '" + value + "'");
    }
  }

  public static JobId of(String name, WorkKey key, String label) {
    return new JobId(name + "_" + key.key8() + "/" + label);
  }

  /** The part before the slash: all jobs of one prompt file share it. */
  public String work() {
    return value.substring(0, value.indexOf('/'));
  }

  /** The part after the slash, such as {@code job_003}. */
  public String label() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
