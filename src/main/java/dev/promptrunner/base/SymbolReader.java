package dev.promptrunner.base;

import java.io.Reader;

/**
 * Text that is read in pieces which never end within a symbol of two characters, such as an emoji.
 * snakeyaml-engine (3.0) fails on a file in which the end of its buffer, every 1025 characters,
 * divides one. Not thread-safe.
 */
public final class SymbolReader extends Reader {
  private final String text;
  private int at;

  public SymbolReader(String text) {
    this.text = text;
  }

  @Override
  public int read(char[] into, int offset, int length) {
    int count = Math.min(length, text.length() - at);
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    if (count > 1 && Character.isHighSurrogate(text.charAt(at + count - 1))) {
      count--;
    }
    text.getChars(at, at + count, into, offset);
    at += count;
    return count;
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
