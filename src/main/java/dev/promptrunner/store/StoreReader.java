package dev.promptrunner.store;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.WorkKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the state of an output root, while a run goes on or after it. It creates, changes and
 * locks nothing; every call sees one moment as a whole. Thread-safe.
 *
 * <p>Every method throws {@link StoreException} when the file is damaged, of another version or
 * cannot be read.
 */
public final class StoreReader {
  private final StateFile file;

  StoreReader(StateFile file) {
    this.file = file;
  }

  /** The state of the last run and of every work. */
  public Status status() {
    return file.look("reading the status", handle -> new StatusQuery(handle, file.root()).status());
  }

  /**
   * What is known of a job.
   *
   * @param job its id, or an end of it, or name and label without the key: {@code
   *     walk_3f2a91c0/job_003}, {@code job_003}, {@code walk/job_003}
   */
  public Why why(String job) {
    return file.look("reading about " + job, handle -> new WhyQuery(handle).why(job));
  }

  /** The name that each known key keeps. */
  public Map<WorkKey, String> names() {
    Map<WorkKey, String> names = new LinkedHashMap<>();
    works().forEach(work -> names.put(work.key(), work.name()));
    return names;
  }

  /** All works that were ever taken up, in the order in which they first were. */
  public List<WorkRow> works() {
    return file.look("reading works", handle -> new Works(handle).all());
  }

  /** Of the works that were laid out anew, as the planner writes them. */
  public Map<WorkKey, String> layouts() {
    return file.look("reading layouts", handle -> new Works(handle).layouts());
  }

  /** How long each job took that is done. */
  public Map<JobId, Duration> took() {
    return file.look("reading times", handle -> new Jobs(handle).took());
  }

  /** The artifacts of a work ({@code name_key8}), by job and role. */
  public List<ArtifactRow> artifactsOf(String work) {
    return file.look("reading artifacts", handle -> new Artifacts(handle).ofWork(work));
  }

  /** Why the job was or was not reused, and all else of it. */
  public Why why(JobId job) {
    return why(job.value());
  }

  /**
   * The events of a work ({@code name_key8}) in all runs, those of its jobs left out, as lines of
   * JSON in their order.
   */
  public List<String> eventsOf(String work) {
    return file.look("reading events of " + work, handle -> new Events(handle).linesOf(work));
  }

  /** A run's events as lines of JSON in their order; progress is not among them. */
  public List<String> events(RunId run) {
    return file.look("reading events", handle -> new Events(handle).lines(run));
  }
}
