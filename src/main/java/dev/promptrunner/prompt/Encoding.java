package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.util.Optional;

/** Tells what bytes are that are not UTF-8 text, and how to make UTF-8 of them. */
final class Encoding {
  private Encoding() {}

  /** UTF-16, UTF-32 or no text at all; told by byte-order marks and zero bytes. */
  static Optional<Problem> problem(String file, byte[] bytes) {
    String marked = byMark(bytes);
    if (!marked.isEmpty()) {
      return Optional.of(otherUnicode(file, marked));
    }
    int even = zeros(bytes, 0);
    int odd = zeros(bytes, 1);
    if (even == 0 && odd == 0) {
      return Optional.empty();
    }
    // Latin text in UTF-16 is a zero at nearly every second byte.
    if (even == 0 && odd > bytes.length / 4) {
      return Optional.of(otherUnicode(file, "UTF-16LE"));
    }
    if (odd == 0 && even > bytes.length / 4) {
      return Optional.of(otherUnicode(file, "UTF-16BE"));
    }
    return Optional.of(binary(file));
  }

  /** For bytes that a strict UTF-8 decoder refuses at the offset. */
  static Problem notUtf8(String file, byte[] bytes, int offset) {
    return new Problem(
        file + ":" + line(bytes, offset),
        "the text is not UTF-8",
        String.format("byte 0x%02X", bytes[offset]),
        "save the file as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 (Chinese)"
            + " or iconv -f WINDOWS-1252 -t UTF-8 (Western)");
  }

  private static String byMark(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE, 0x00, 0x00) || startsWith(bytes, 0x00, 0x00, 0xFE, 0xFF)) {
      return "UTF-32";
    }
    return startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF) ? "UTF-16" : "";
  }

  private static Problem otherUnicode(String file, String encoding) {
    return new Problem(
        file + ":1",
        "the text is not UTF-8",
        encoding,
        "save the file as UTF-8 (in Notepad: Save as, Encoding, UTF-8), or convert it: iconv -f "
            + encoding
            + " -t UTF-8");
  }

  private static Problem binary(String file) {
    return new Problem(
        file + ":1", "this is not a text file", "NUL bytes", "give a prompt file: UTF-8 text");
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static int zeros(byte[] bytes, int first) {
    int zeros = 0;
    for (int i = first; i < bytes.length; i += 2) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /** Counted as {@link PromptText} counts: CR LF, CR and LF each end a line. */
  private static int line(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      boolean loneReturn = bytes[i] == '\r' && bytes[i + 1] != '\n';
      line += bytes[i] == '\n' || loneReturn ? 1 : 0;
    }
    return line;
  }
}
