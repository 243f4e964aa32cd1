package dev.promptrunner.delivery;

import dev.promptrunner.base.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What one pass over a file tells.
 *
 * @param size in bytes
 * @param crc32 for the zip's headers
 * @param crc32c for the object store
 * @param sha256 for the proof that it is still the file it was
 */
record FileFacts(long size, int crc32, Crc32c crc32c, Digest sha256) {
  private static final int BUFFER = 1 << 20;

  /** Reads the whole file once, in constant memory. */
  static FileFacts of(Path file) throws IOException {
    CRC32 crc32 = new CRC32();
    CRC32C crc32c = new CRC32C();
    MessageDigest sha256 = Digest.sha256();
    long size = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.clamp(channel.size(), 1, BUFFER));
      while (channel.read(buffer.clear()) >= 0) {
        size += buffer.position();
        crc32.update(buffer.array(), 0, buffer.position());
        crc32c.update(buffer.array(), 0, buffer.position());
        sha256.update(buffer.array(), 0, buffer.position());
      }
    }
    return new FileFacts(
        size, (int) crc32.getValue(), new Crc32c((int) crc32c.getValue()), Digest.finished(sha256));
  }
}
