package dev.promptrunner.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A delivered file's size and check value, from reading all of it.
 *
 * @param bytes its size
 */
record StoredFile(long bytes, Crc32c crc32c) {
  private static final int BUFFER = 1 << 20;

  static StoredFile read(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long bytes = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        bytes += buffer.flip().limit();
        crc.update(buffer);
      }
    }
    return new StoredFile(bytes, new Crc32c((int) crc.getValue()));
  }
}
