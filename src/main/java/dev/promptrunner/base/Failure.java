package dev.promptrunner.base;

import java.util.function.UnaryOperator;

/**
 * Why something outside failed, by what can be done about it. The policy for each class stands in
 * one place, in {@code execution}; who meets the failure only names it.
 */
public sealed interface Failure {
  /** What was tried, as a phrase: {@code sending job walk_3f2a91c0/job_003 to http://…}. */
  String attempted();

  /** What came back, with the values that matter. */
  String found();

  /** What a person can do about it. */
  String remedy();

  /** The request itself is wrong: never tried again. */
  record Rejected(String attempted, String found, String remedy) implements Failure {}

  /** The GPU's or the machine's memory was not enough; the server lives on. */
  record OutOfMemory(String attempted, String found, String remedy) implements Failure {}

  /** Likely to go away by itself. */
  record Transient(String attempted, String found, String remedy) implements Failure {}

  /** A node raised an error of its own while the job ran; the server lives on. */
  record NodeFailed(String attempted, String found, String remedy) implements Failure {}

  /** The server went away and has forgotten the job. */
  record ServerLost(String attempted, String found, String remedy) implements Failure {}

  /** The server answers, but the job makes no progress. */
  record Stalled(String attempted, String found, String remedy) implements Failure {}

  /** The job ended well, but what it made is not what was asked for. */
  record BadOutput(String attempted, String found, String remedy) implements Failure {}

  /** Someone asked for the end. */
  record Cancelled(String attempted, String found, String remedy) implements Failure {}

  /** The disk is full, read-only or broken; jobs wait until it is better. */
  record Disk(String attempted, String found, String remedy) implements Failure {}

  /** The object store refuses or is away; rendering goes on, the videos are kept. */
  record Store(String attempted, String found, String remedy) implements Failure {}

  /** The pod could not be asked, stopped or read: the bill goes on. */
  record Pod(String attempted, String found, String remedy) implements Failure {}

  /** A setting, recipe or credential is wrong: only a person can change it. */
  record Configuration(String attempted, String found, String remedy) implements Failure {}

  /** How much of the night it costs. */
  enum Severity {
    /** It goes on by itself; at most the job that ran is lost. */
    WARNING,
    /** A prompt file, or its delivery, stops; the others go on. */
    ERROR,
    /** The run ends, or money is spent until a person acts. */
    FATAL
  }

  /** How much this class costs before any policy has failed to mend it. */
  default Severity severity() {
    return switch (this) {
      case OutOfMemory _, Transient _, NodeFailed _, ServerLost _, Stalled _, BadOutput _, Disk _ ->
          Severity.WARNING;
      case Rejected _, Cancelled _, Store _ -> Severity.ERROR;
      case Pod _, Configuration _ -> Severity.FATAL;
    };
  }

  /** The same failure with each of its texts changed. */
  default Failure mapped(UnaryOperator<String> change) {
    String attempted = change.apply(attempted());
    String found = change.apply(found());
    String remedy = change.apply(remedy());
    return switch (this) {
      case Rejected _ -> new Rejected(attempted, found, remedy);
      case OutOfMemory _ -> new OutOfMemory(attempted, found, remedy);
      case Transient _ -> new Transient(attempted, found, remedy);
      case NodeFailed _ -> new NodeFailed(attempted, found, remedy);
      case ServerLost _ -> new ServerLost(attempted, found, remedy);
      case Stalled _ -> new Stalled(attempted, found, remedy);
      case BadOutput _ -> new BadOutput(attempted, found, remedy);
      case Cancelled _ -> new Cancelled(attempted, found, remedy);
      case Disk _ -> new Disk(attempted, found, remedy);
      case Store _ -> new Store(attempted, found, remedy);
      case Pod _ -> new Pod(attempted, found, remedy);
      case Configuration _ -> new Configuration(attempted, found, remedy);
    };
  }

  /** The class in one word, as events, logs and the store name it: {@code OutOfMemory}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** The whole as one line for a person. */
  default String sentence() {
    return attempted() + ": " + found() + " — " + remedy();
  }
}
