package dev.promptrunner.delivery;

/**
 * An object as its store describes it.
 *
 * @param uri where it lies
 * @param bytes its size
 * @param crc32c of the bytes as they lie there
 */
public record StoredObject(String uri, long bytes, Crc32c crc32c) {
  /** Whether it holds these bytes, as far as size and check value can tell. */
  boolean holds(ArchiveContent content) {
    return bytes == content.length() && crc32c.equals(content.crc32c());
  }

  /** Size and check value, for messages. */
  String facts() {
    return bytes + " bytes, CRC32C " + crc32c;
  }
}
