package dev.promptrunner.delivery;

import java.nio.charset.StandardCharsets;

/**
 * A STORED entry, all of whose header is known before its bytes are written.
 *
 * @param name with {@code /} as separator, without a leading one
 * @param size in bytes, packed and unpacked alike
 * @param crc32 the zip format's own check value (not CRC-32C)
 */
record ZipEntryPlan(String name, long size, int crc32) {
  byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
