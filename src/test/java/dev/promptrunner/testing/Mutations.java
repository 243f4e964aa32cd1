package dev.promptrunner.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages good inputs: one to eight small changes each, of the kinds that break parsers. */
final class Mutations {
  private static final int LARGEST = 256 * 1024;
  private static final List<String> WORDS =
      List.of(
          "0",
          "-1",
          "1e999",
          "-0.0",
          "NaN",
          "-Infinity",
          "9223372036854775808",
          "18446744073709551616",
          "2147483648",
          "0x7f",
          "1".repeat(2_000),
          "null",
          "true",
          "[]",
          "{}",
          "[[",
          "}}",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\ufeff",
          "\u202e",
          "\r\n",
          "\n\n",
          "\t",
          " ",
          ":",
          ": ",
          "- ",
          ",",
          "&a ",
          "*a",
          "&a [*a,*a]",
          "<<: *a",
          "!!java.lang.Thread",
          "!!binary ",
          "%YAML 9.9\n",
          "---\n",
          "...\n",
          "|\n",
          "${",
          "}",
          "../",
          "..\\",
          "/etc/passwd",
          "C:\\",
          "%00",
          "%s%n",
          "\ud83d\ude00",
          "\u00e4",
          "@",
          "x9",
          ":10s",
          "filename",
          "subfolder",
          "type",
          "prompt_id");

  private final RandomGenerator random;
  private final List<byte[]> corpus;

  Mutations(RandomGenerator random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = List.copyOf(corpus);
  }

  byte[] next() {
    byte[] input = any();
    for (int changes = random.nextInt(1, 9); changes > 0; changes--) {
      input = change(input);
    }
    return input.length > LARGEST ? Arrays.copyOf(input, LARGEST) : input;
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] change(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + length());
    return switch (random.nextInt(9)) {
      case 0 -> flipped(input);
      case 1 -> spliced(input, from, bytes(random.nextInt(1, 9)), from);
      case 2 -> spliced(input, from, new byte[0], to);
      case 3 -> spliced(input, to, Arrays.copyOfRange(input, from, to), to);
      case 4 -> Arrays.copyOf(input, from);
      case 5 -> repeated(input, from, to);
      case 6 -> spliced(input, from, crossing(), to);
      default -> spliced(input, from, word(), random.nextBoolean() ? from : to);
    };
  }

  /** Mostly short, now and then as long as anything. */
  private int length() {
    return 1 << random.nextInt(random.nextInt(8) == 0 ? 14 : 6);
  }

  private byte[] flipped(byte[] input) {
    byte[] result = input.clone();
    if (result.length > 0) {
      result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return result;
  }

  private byte[] bytes(int count) {
    byte[] result = new byte[count];
    random.nextBytes(result);
    return result;
  }

  private byte[] word() {
    byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(16) == 0 ? repeated(word, 0, word.length) : word;
  }

  private byte[] crossing() {
    byte[] other = any();
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, Math.min(other.length, from + length()));
  }

  private byte[] repeated(byte[] input, int from, int to) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    int times = random.nextInt(1, 2_000);
    for (int i = 0; i < times && piece.size() < LARGEST; i++) {
      piece.write(input, from, to - from);
    }
    return spliced(input, from, piece.toByteArray(), to);
  }

  /** The input with what lies between two places replaced. */
  private static byte[] spliced(byte[] input, int from, byte[] middle, int to) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(input.length + middle.length);
    result.write(input, 0, from);
    result.writeBytes(middle);
    result.write(input, to, input.length - to);
    return result.toByteArray();
  }
}
