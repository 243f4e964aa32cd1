package dev.promptrunner.cli;

import dev.promptrunner.base.Failure;
import java.util.Arrays;

/** How the program ends. The numbers are fixed: scripts rely on them. */
public enum ExitCode {
  DELIVERED(0, "all done and delivered"),
  SOME_FAILED(1, "some prompt file failed"),
  WRONG_USAGE(2, "wrong usage or configuration"),
  BAD_INPUT(3, "no prompt file, or a workflow or recipe, that can be used"),
  SERVER_UNREACHABLE(4, "the server cannot be reached"),
  DELIVERY_FAILED(5, "delivery failed; the videos are kept in the output folder"),
  CANCELLED(130, "cancelled");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** For help and documents. */
  public String meaning() {
    return meaning;
  }

  /** The exit code of this number. */
  static ExitCode of(int code) {
    return Arrays.stream(values()).filter(known -> known.code == code).findFirst().orElseThrow();
  }

  /** The code for a failure that ends a whole command. */
  public static ExitCode of(Failure failure) {
    return switch (failure) {
      case Failure.ServerLost _ -> SERVER_UNREACHABLE;
      case Failure.Cancelled _ -> CANCELLED;
      case Failure.Configuration _ -> WRONG_USAGE;
      case Failure.Store _ -> DELIVERY_FAILED;
      case Failure.Rejected _,
          Failure.OutOfMemory _,
          Failure.Transient _,
          Failure.NodeFailed _,
          Failure.Stalled _,
          Failure.BadOutput _,
          Failure.Disk _,
          Failure.Pod _ ->
          SOME_FAILED;
    };
  }
}
