package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The hidden file {@code .NAME.part} in which an object grows. Its name is fixed, so that what a
 * killed process left behind is used up by the next one; the lock keeps two living ones apart and
 * ends with the process that holds it.
 */
final class PartFile implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final Path part;
  private final Path target;
  private final FileChannel channel;

  private PartFile(Path part, Path target, FileChannel channel) {
    this.part = part;
    this.target = target;
    this.channel = channel;
  }

  /**
   * Opens and locks. Nothing is truncated yet: what was opened may, by a race with another process,
   * be what that one has just published; the caller looks for the target first.
   *
   * @throws FailureException {@code Transient} when another thread or process writes it now
   */
  static PartFile lock(Path target) throws IOException, FailureException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw busy(part, target);
      }
      return new PartFile(part, target, channel);
    } catch (IOException | FailureException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static FailureException busy(Path part, Path target) {
    return new FailureException(
        new Failure.Transient(
            "delivering file://" + target,
            part + " is locked: another process delivers the same video now",
            "wait for it; what it delivers counts for this run too"));
  }

  /**
   * Writes everything down to the disk and reads it back.
   *
   * @throws FailureException when the content is not what its check value says
   */
  void write(ArchiveContent content, ProgressListener progress)
      throws IOException, FailureException {
    String attempted = "delivering file://" + target;
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    channel.truncate(0);
    for (long at = 0; at < content.length(); at += buffer.limit()) {
      Source.read(content, at, buffer, attempted);
      crc.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      progress.sent(at + buffer.limit(), content.length());
    }
    channel.force(true);
    Crc32c read = new Crc32c((int) crc.getValue());
    if (!read.equals(content.crc32c())) {
      throw Source.changed(attempted, content.crc32c(), read);
    }
  }

  /** What lies on the disk under the hidden name. */
  StoredFile stored() throws IOException {
    return StoredFile.read(part);
  }

  /**
   * Gives it its name, in one step. File systems without links (some network drives) rename
   * instead, which the lock makes safe among runners.
   *
   * @return false when somebody else has taken the name meanwhile
   */
  boolean publish() throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
    try (FileChannel folder = FileChannel.open(target.resolveSibling("."))) {
      folder.force(true);
    }
    return true;
  }

  /** Removes the hidden name, then lets the next one in. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(part);
    }
  }
}
