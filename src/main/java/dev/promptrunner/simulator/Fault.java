package dev.promptrunner.simulator;

import java.time.Duration;

/**
 * One scripted failure.
 *
 * @param kind what happens
 * @param job the first job it happens to, counted from 1 in the order this server starts them; for
 *     {@link Kind#REFUSE} the first request to {@code POST /prompt}
 * @param times how many jobs in a row, ≥ 1
 * @param delay how long, for {@link Kind#SLOW}; otherwise zero
 */
public record Fault(Kind kind, int job, int times, Duration delay) {
  /** The kinds, by the word that names them in a script. */
  public enum Kind {
    /** The GPU's memory runs out: {@code execution_error}; the server lives on. */
    OOM("oom"),
    /** The owner's socket is cut just before the job's success is announced. */
    DROP_SOCKET("drop-socket"),
    /** The job stops making progress until it is interrupted. */
    HANG("hang"),
    /** The job stops making progress and no interrupt helps: only a new server does. */
    FREEZE("freeze"),
    /**
     * The thread that runs jobs dies with ComfyUI's words on stderr: HTTP lives on, the job stays
     * in the running queue, and nothing runs any more.
     */
    WORKER_DEATH("worker-death"),
    /** The GPU's context is poisoned: this job and all later ones fail until a new process. */
    CUDA_ERROR("cuda-error"),
    /** The server dies in the middle of the job. */
    CRASH("crash"),
    /** The job takes longer by the delay. */
    SLOW("slow"),
    /** {@code POST /prompt} answers 500 and queues nothing. */
    REFUSE("500"),
    /** The job ends well, but its history record is never there. */
    LOSE_HISTORY("lose-history"),
    /** Every socket that is open when the job starts stays open and gets nothing any more. */
    DEAF("deaf"),
    /** The job ends well, but its video file is cut to half. */
    TRUNCATE_VIDEO("truncate-video");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  public Fault {
    if (job < 1 || times < 1 || delay.isNegative()) {
      throw new IllegalArgumentException(
          "not a fault: " + kind + " at " + job + " times " + times + " for " + delay);
    }
  }

  boolean strikes(Kind wanted, int number) {
    boolean lasting = kind == Kind.CUDA_ERROR;
    return kind == wanted && number >= job && (lasting || number < job + times);
  }
}
