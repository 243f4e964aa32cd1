package dev.promptrunner.event;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened in a run. Events carry what a reader needs, so that console, log, store
 * and dashboard need to ask nobody. {@code work} is the prompt file's {@code name_key8}.
 */
public sealed interface RunEvent {
  /** When it happened. */
  Instant at();

  /**
   * The first event of a run.
   *
   * @param engine {@code comfyui} or {@code simulator}: the simulator never passes for real
   */
  record RunStarted(Instant at, RunId run, String engine, int promptFiles, int jobs)
      implements RunEvent {}

  /**
   * A prompt file was taken up.
   *
   * @param frames frames asked for
   * @param jobs all its jobs
   * @param reused those of its jobs that were proven done already
   */
  record WorkStarted(Instant at, String work, int frames, int jobs, int reused)
      implements RunEvent {}

  /**
   * A job began.
   *
   * @param kind {@code HIGH}, {@code LOW}, {@code COMBINE}, {@code REFERENCE}, {@code JOIN} or
   *     {@code DELIVER}
   * @param resource the server's or worker's name
   * @param attempt counted from 1
   * @param adopted whether an earlier try may have sent the job: then it is looked for on the
   *     server first, and sent again only if that does not have it
   */
  record JobStarted(
      Instant at, JobId job, String kind, String resource, int attempt, boolean adopted)
      implements RunEvent {}

  /**
   * A step within a job.
   *
   * @param step done so far, 0 … steps
   * @param label what the steps count: a node's title, {@code upload}
   */
  record JobProgress(Instant at, JobId job, String label, long step, long steps)
      implements RunEvent {}

  /**
   * A job's outputs exist and are proven.
   *
   * @param took the job's own time
   * @param frames frames in its video; 0 when it made none
   */
  record JobDone(Instant at, JobId job, String kind, Duration took, int frames)
      implements RunEvent {}

  /**
   * An attempt failed.
   *
   * @param failure the class of the failure, such as {@code OutOfMemory}
   * @param willRetry whether another attempt follows
   */
  record JobFailed(
      Instant at, JobId job, String failure, String found, String remedy, boolean willRetry)
      implements RunEvent {}

  /**
   * A server stopped answering, or was stopped.
   *
   * @param found what was seen of its end, with its exit code where there is one
   * @param action what is done about it
   */
  record ServerDown(Instant at, String server, String found, String action) implements RunEvent {}

  /**
   * A server takes jobs again.
   *
   * @param how {@code started}, {@code restarted}, {@code came back}, {@code on probation}
   * @param took since it was seen to be down, or since its start
   */
  record ServerUp(Instant at, String server, String how, Duration took) implements RunEvent {}

  /**
   * What is left of a prompt file is rendered in smaller chunks.
   *
   * @param framesPerChunk from now on
   * @param jobs all its jobs, the finished ones among them
   */
  record Replanned(Instant at, String work, int framesPerChunk, int jobs, String reason)
      implements RunEvent {}

  /** No further job is begun until something is better: the disk has room, say. */
  record Paused(Instant at, String reason, String remedy) implements RunEvent {}

  /** Jobs are begun again. */
  record Resumed(Instant at, String reason) implements RunEvent {}

  /**
   * Time or money is running out.
   *
   * @param limit {@code deadline} or {@code budget}
   * @param percent of it used; at 100 no further job is begun
   */
  record LimitNear(Instant at, String limit, int percent, String message) implements RunEvent {}

  /**
   * What was spent so far; told when a prompt file ends and when the run does.
   *
   * @param work whose share it is; empty for the whole run
   * @param gpu time in which servers were at work
   * @param idle time in which servers stood idle; zero for a prompt file
   * @param video length of the finished video
   * @param dollars zero when no price is known
   */
  record Spent(Instant at, String work, Duration gpu, Duration idle, Duration video, double dollars)
      implements RunEvent {}

  /**
   * A playable video of all frames so far exists.
   *
   * @param path relative to the output root
   * @param finished whether it is the final one
   */
  record VideoReady(Instant at, String work, String path, int frames, boolean finished)
      implements RunEvent {}

  /**
   * An archive lies in the object store and was read back.
   *
   * @param work whose it is: a prompt file's, or the name of an exploration, of all its results
   */
  record Delivered(Instant at, String work, String uri, long bytes, boolean already)
      implements RunEvent {}

  /** All of a prompt file is done. */
  record WorkDone(Instant at, String work, String finalVideo, Duration took) implements RunEvent {}

  /** A prompt file stopped; the others go on. */
  record WorkFailed(Instant at, String work, String found, String remedy) implements RunEvent {}

  /** Something a person should know while the run goes on. */
  record Warning(Instant at, String subject, String message) implements RunEvent {}

  /**
   * The pod is asked to end.
   *
   * @param action {@code stop} or {@code terminate}
   */
  record PodStopping(Instant at, String pod, String action) implements RunEvent {}

  /** What the provider said of the pod afterwards. */
  record PodStopped(Instant at, String pod, String state) implements RunEvent {}

  /**
   * The last event of a run.
   *
   * @param failed how many works are not done: they failed, or were left for another run
   */
  record RunFinished(Instant at, RunId run, int done, int failed, Duration took, int exitCode)
      implements RunEvent {}

  /** The event's name in JSON and in the store: {@code job_started}. */
  default String type() {
    return type(getClass());
  }

  /** The name in JSON of a kind of event. */
  static String type(Class<?> event) {
    return snake(event.getSimpleName());
  }

  /** {@code willRetry} → {@code will_retry}: the form of all names in JSON. */
  static String snake(String name) {
    return name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
