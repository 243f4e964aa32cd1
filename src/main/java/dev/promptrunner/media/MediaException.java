package dev.promptrunner.media;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.IoReason;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A video or picture could not be read, written or joined. The message is one line for a person:
 * what was attempted, what was found (with FFmpeg's own last words where it had any) and what to
 * do.
 */
public final class MediaException extends Exception {
  private final String attempted;
  private final String found;
  private final String remedy;

  MediaException(String attempted, String found, String remedy) {
    this(attempted, found, remedy, null);
  }

  MediaException(String attempted, String found, String remedy, @Nullable Throwable cause) {
    super(attempted + ": " + found + " — " + remedy, cause);
    this.attempted = attempted;
    this.found = found;
    this.remedy = remedy;
  }

  /** The same three parts for the policy of failures: a file that is not what it should be. */
  public Failure asFailure() {
    return new Failure.BadOutput(attempted, found, remedy);
  }

  /**
   * The same when a file was being written: a full disk says nothing against what was read.
   *
   * @param target what was written
   */
  public Failure asFailure(Path target) {
    return IoReason.disk(attempted, target, 0, this).orElseGet(this::asFailure);
  }
}
