package dev.promptrunner.app.doctor;

import java.util.Map;

/**
 * How many bytes the elements of a tensor take: they are packed in blocks.
 *
 * @param elements of a block
 * @param bytes of a block
 */
record GgufType(int elements, int bytes) {
  private static final Map<Integer, GgufType> KNOWN =
      Map.ofEntries(
          type(0, 1, 4), // F32
          type(1, 1, 2), // F16
          type(2, 32, 18), // Q4_0
          type(3, 32, 20), // Q4_1
          type(6, 32, 22), // Q5_0
          type(7, 32, 24), // Q5_1
          type(8, 32, 34), // Q8_0
          type(10, 256, 84), // Q2_K
          type(11, 256, 110), // Q3_K
          type(12, 256, 144), // Q4_K
          type(13, 256, 176), // Q5_K
          type(14, 256, 210), // Q6_K
          type(24, 1, 1), // I8
          type(25, 1, 2), // I16
          type(26, 1, 4), // I32
          type(27, 1, 8), // I64
          type(28, 1, 8), // F64
          type(30, 1, 2)); // BF16

  private static Map.Entry<Integer, GgufType> type(int number, int elements, int bytes) {
    return Map.entry(number, new GgufType(elements, bytes));
  }

  /** At least so many; 0 for a type that is not known here. */
  static long bytes(int type, long elements) {
    GgufType known = KNOWN.get(type);
    return known == null ? 0 : elements / known.elements * known.bytes;
  }
}
