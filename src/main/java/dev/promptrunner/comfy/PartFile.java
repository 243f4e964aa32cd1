package dev.promptrunner.comfy;

import dev.promptrunner.base.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import okio.BufferedSource;

/**
 * A file in the making, with the digest of what it has so far. It is gone when closed, unless it
 * was moved before. Used by one thread at a time.
 */
final class PartFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final MessageDigest sha = Digest.sha256();
  private long size;

  /** Tells an error of our disk from one of the network. */
  static final class DiskException extends IOException {
    private static final long serialVersionUID = 1;

    DiskException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private PartFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Replaces what an earlier attempt left. */
  static PartFile create(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    return new PartFile(
        path,
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING));
  }

  long size() {
    return size;
  }

  /** Bytes that its disk has room for. */
  long room() throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  void restart() throws IOException {
    try {
      channel.truncate(0);
      channel.position(0);
    } catch (IOException e) {
      throw new DiskException(e);
    }
    sha.reset();
    size = 0;
  }

  /** Appends all that comes, until the source ends or the file is larger than the limit. */
  void take(BufferedSource source, long limit) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read = source.read(buffer);
    while (read >= 0 && size <= limit) {
      append(buffer, read);
      read = source.read(buffer);
    }
  }

  private void append(byte[] bytes, int length) throws DiskException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw new DiskException(e);
    }
    sha.update(bytes, 0, length);
    size += length;
  }

  /** Ends writing; the file may be moved now. */
  Digest finish() throws IOException {
    channel.close();
    return Digest.finished(sha);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
