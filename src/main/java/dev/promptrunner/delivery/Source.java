package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;

/** Tells trouble with the local files from trouble with the store. */
final class Source {
  private Source() {}

  /**
   * As {@link ArchiveContent#read}, into a cleared and then flipped buffer.
   *
   * @throws FailureException when a file cannot be read any more, or the thread was interrupted
   */
  static ByteBuffer read(ArchiveContent content, long offset, ByteBuffer buffer, String attempted)
      throws FailureException {
    try {
      content.read(offset, buffer.clear());
      return buffer.flip();
    } catch (IOException e) {
      throw unreadable(attempted, e);
    }
  }

  static FailureException unreadable(String attempted, IOException e) {
    return e instanceof ClosedByInterruptException
        ? cancelled(attempted, e)
        : new FailureException(
            new Failure.BadOutput(
                attempted,
                "what is packed cannot be read (" + e + ")",
                "see that it is there, readable and unchanged, then give the same command again"),
            e);
  }

  /** The bytes read do not add up to the check value of the first pass. */
  static FailureException changed(String attempted, Crc32c planned, Crc32c read) {
    return new FailureException(
        new Failure.BadOutput(
            attempted,
            "what is packed changed while it was sent (CRC32C "
                + read
                + ", before "
                + planned
                + ")",
            "nothing may write to the output folder meanwhile; give the same command again"));
  }

  /** The thread was asked to stop; its interrupt flag is set. */
  static FailureException cancelled(String attempted, Throwable cause) {
    Thread.currentThread().interrupt();
    return new FailureException(
        new Failure.Cancelled(
            attempted, "the run was stopped", "the same command again delivers what is missing"),
        cause);
  }
}
