package dev.promptrunner.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes to deliver, whose length and check value are known before the first is read and which can
 * be read from any offset, so that a broken upload goes on in the middle. The same bytes every
 * time. One thread at a time.
 */
public interface ArchiveContent extends Closeable {
  /** In bytes, ≥ 0. */
  long length();

  /** Over all {@link #length()} bytes. */
  Crc32c crc32c();

  /**
   * Fills the buffer from the offset on, as far as there are bytes.
   *
   * @param offset 0 … {@link #length()}
   * @return how many bytes came; less than the buffer holds only at the end; −1 when the offset is
   *     the end
   * @throws IOException when a source cannot be read or has become shorter since
   */
  int read(long offset, ByteBuffer buffer) throws IOException;
}
