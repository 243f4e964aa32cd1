package dev.promptrunner.comfy;

/** What became of a workflow that was sent. */
public sealed interface Submission {
  /**
   * The server took all of it.
   *
   * @param clientId whose socket hears of the job
   */
  record Queued(String promptId, String clientId) implements Submission {}

  /** The answer was lost, but the server has the job: it is followed as if it had come. */
  record Adopted(String promptId, Place place) implements Submission {}

  /** The server, or the check before it, refused it; nothing of it runs. */
  record Refused(Rejection rejection) implements Submission {}
}
