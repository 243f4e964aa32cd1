package dev.promptrunner.comfy;

import dev.promptrunner.base.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import okio.BufferedSource;

/**
 * A file in the making, with the digest of what it has so far. It is gone when closed, unless it
 * was moved before. Used by one thread at a time.
 */
final class PartFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final DigestThread sha = new DigestThread();
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
    int read;
    do {
      DigestThread.Block block = sha.take();
      block.length = 0;
      try {
        read = fill(source, block);
        write(block);
      } finally {
        sha.give(block);
      }
    } while (read >= 0 && size <= limit);
  }

  /**
   * The source gives small pieces; the disk gets large ones. What came before a broken connection
   * is kept in the block, so that it is not fetched twice.
   *
   * @return −1 at the end of the source
   */
  private int fill(BufferedSource source, DigestThread.Block block) throws IOException {
    int read = 0;
    try {
      while (read >= 0 && block.length < block.bytes.length) {
        read = source.read(block.bytes, block.length, block.bytes.length - block.length);
        block.length += Math.max(read, 0);
      }
      return read;
    } catch (IOException e) {
      write(block);
      throw e;
    }
  }

  private void write(DigestThread.Block block) throws DiskException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(block.bytes, 0, block.length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      size += block.length;
    } catch (IOException e) {
      block.length = 0;
      throw new DiskException(e);
    }
  }

  /** Ends writing; the file may be moved now. */
  Digest finish() throws IOException, InterruptedException {
    channel.close();
    return sha.finish();
  }

  @Override
  public void close() throws IOException {
    sha.close();
    channel.close();
    Files.deleteIfExists(path);
  }
}
