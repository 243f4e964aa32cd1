package dev.promptrunner.media;

import java.util.Arrays;

/** Reads the bits of an H.264 unit's payload, without the bytes that guard against start codes. */
final class BitReader {
  private final byte[] bytes;
  private int bit;

  /** Starts at a byte of the unit. */
  BitReader(byte[] unit, int firstByte) {
    this.bytes = unguarded(unit, firstByte);
  }

  /** An unsigned Exp-Golomb number (ITU-T H.264, 9.1); −1 past the end. */
  int unsigned() {
    int zeros = 0;
    while (bit() == 0) {
      zeros++;
      if (zeros > 31 || bit >= bytes.length * 8) {
        return -1;
      }
    }
    int value = 1;
    for (int i = 0; i < zeros; i++) {
      value = value << 1 | bit();
    }
    return value - 1;
  }

  int bit() {
    int value = bit < bytes.length * 8 ? bytes[bit / 8] >> (7 - bit % 8) & 1 : 0;
    bit++;
    return value;
  }

  private static byte[] unguarded(byte[] unit, int firstByte) {
    byte[] payload = new byte[Math.max(0, unit.length - firstByte)];
    int length = 0;
    int zeros = 0;
    for (int i = firstByte; i < unit.length; i++) {
      if (zeros >= 2 && unit[i] == 3) {
        zeros = 0;
      } else {
        zeros = unit[i] == 0 ? zeros + 1 : 0;
        payload[length++] = unit[i];
      }
    }
    return Arrays.copyOf(payload, length);
  }
}
