package dev.promptrunner.delivery;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A CRC-32C (Castagnoli) check value, the one by which Google Cloud Storage vouches for an object.
 *
 * @param value the 32 bits
 */
public record Crc32c(int value) {
  /** Of no bytes at all. */
  public static final Crc32c EMPTY = new Crc32c(0);

  private static final int POLYNOMIAL = 0x82F63B78;
  private static final int ONE = 1 << 31;
  private static final int X = 1 << 30;

  public static Crc32c of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /** Consumes the buffer. */
  static Crc32c of(ByteBuffer bytes) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(bytes);
    return new Crc32c((int) crc.getValue());
  }

  /**
   * Reads the object stores' form: base64 of the four bytes, most significant first.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Crc32c ofBase64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length != Integer.BYTES) {
      throw new IllegalArgumentException("not a CRC32C in base64: '" + text + "'");
    }
    return new Crc32c(ByteBuffer.wrap(bytes).getInt());
  }

  /**
   * The check value of these bytes followed by others, without seeing either: appending n bytes
   * multiplies the polynomial of the first by x^8n.
   *
   * @param next of the bytes that follow
   * @param length how many follow, ≥ 0
   */
  public Crc32c then(Crc32c next, long length) {
    return new Crc32c(times(xToThe(8 * length), value) ^ next.value);
  }

  public String base64() {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static int xToThe(long power) {
    int product = ONE;
    int square = X;
    for (long rest = power; rest > 0; rest >>>= 1) {
      product = (rest & 1) == 0 ? product : times(square, product);
      square = times(square, square);
    }
    return product;
  }

  /** The product of two polynomials over GF(2) modulo Castagnoli's, bits reflected. */
  private static int times(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      product = (a & bit) == 0 ? product : product ^ shifted;
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
    }
    return product;
  }

  /** The base64 form, as gcloud and the object stores' consoles show it. */
  @Override
  public String toString() {
    return base64();
  }
}
