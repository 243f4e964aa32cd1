package dev.promptrunner.delivery;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A stretch of an archive: bytes that were made, or a file as it lies on the disk. */
sealed interface Segment {
  long length();

  Crc32c crc32c();

  Source open() throws IOException;

  /** An opened segment. */
  interface Source extends Closeable {
    /** Reads at least one byte from the offset within the segment; the buffer is not full. */
    void read(long offset, ByteBuffer buffer) throws IOException;
  }

  /** Headers and the manifest. */
  record Made(ByteBuffer bytes) implements Segment {
    Made(byte[] bytes) {
      this(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    @Override
    public long length() {
      return bytes.remaining();
    }

    @Override
    public Crc32c crc32c() {
      return Crc32c.of(bytes.duplicate());
    }

    @Override
    public Source open() {
      return new MadeSource(bytes);
    }
  }

  /** The first {@code length} bytes of a file. */
  record FileRange(Path file, long length, Crc32c crc32c) implements Segment {
    @Override
    public Source open() throws IOException {
      return new FileSource(file, FileChannel.open(file, StandardOpenOption.READ));
    }
  }

  /** The same, opened for each read: of thousands no process may hold all open. */
  record FileOnDemand(Path file, long length, Crc32c crc32c) implements Segment {
    @Override
    public Source open() {
      return new OnDemandSource(file);
    }
  }

  /** Reads what is in memory. */
  record MadeSource(ByteBuffer bytes) implements Source {
    @Override
    public void read(long offset, ByteBuffer buffer) {
      int from = Math.toIntExact(offset);
      buffer.put(bytes.slice(from, Math.min(buffer.remaining(), bytes.remaining() - from)));
    }

    @Override
    public void close() {
      // holds nothing open
    }
  }

  /** Reads the file at a position, never through a shared one. */
  record FileSource(Path file, FileChannel channel) implements Source {
    @Override
    public void read(long offset, ByteBuffer buffer) throws IOException {
      if (channel.read(buffer, offset) <= 0) {
        throw new EOFException(file + " ends at byte " + offset + ", it was longer before");
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Holds nothing open between two reads. */
  record OnDemandSource(Path file) implements Source {
    @Override
    public void read(long offset, ByteBuffer buffer) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        new FileSource(file, channel).read(offset, buffer);
      }
    }

    @Override
    public void close() {
      // holds nothing open
    }
  }
}
