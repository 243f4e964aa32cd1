package dev.promptrunner.delivery;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import java.util.Optional;

/**
 * A place where finished videos are handed over. Names are relative to the prefix or folder the
 * store was opened with. Safe for use by several threads.
 */
public interface ObjectStore extends AutoCloseable {
  /** The address of the object of this name, whether it is there or not. */
  String uri(String name);

  /**
   * Asks the store for the object, or reads the file: an answer is never remembered.
   *
   * @throws FailureException when the store cannot be asked
   */
  Optional<StoredObject> find(String name) throws FailureException;

  /**
   * Writes the object if there is none of its name. One that is there is never overwritten: the
   * same bytes count as delivered, others are a failure. Nothing half written is ever visible under
   * the name.
   *
   * @throws FailureException {@code Rejected} when the store refuses or holds something else,
   *     {@code Transient} when it could not be reached in the time the settings allow, {@code
   *     BadOutput} when the content changed while it was read, {@code Cancelled} when the thread
   *     was interrupted
   */
  DeliveredObject put(String name, ArchiveContent content, ProgressListener progress)
      throws FailureException;

  /**
   * Writes, reads and removes a small object, so that a wrong bucket, right or key is told before
   * the first render instead of after the last.
   *
   * @return what a person should know although delivery will work
   * @throws FailureException when delivery would fail
   */
  Optional<Problem> verifyAccess() throws FailureException;

  /** Lets go of connections. */
  @Override
  void close();
}
