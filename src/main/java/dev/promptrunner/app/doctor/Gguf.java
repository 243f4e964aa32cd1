package dev.promptrunner.app.doctor;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files of the GGUF format: facts, then a list of tensors with their places, then the tensors. The
 * last tensor's end is the least length that the file must have.
 */
final class Gguf {
  private static final String TRUNCATED_HEADER = "it is truncated within its header";
  private static final long MOST_ENTRIES = 10_000_000;
  private static final long LARGEST = 1L << 48;
  private static final int LONGEST_TEXT = 64 * 1024 * 1024;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Bytes of a fact's value by its type; text and lists tell their own. */
  private static final Map<Integer, Integer> PLAIN =
      Map.ofEntries(
          Map.entry(0, 1),
          Map.entry(1, 1),
          Map.entry(2, 2),
          Map.entry(3, 2),
          Map.entry(4, 4),
          Map.entry(5, 4),
          Map.entry(6, 4),
          Map.entry(7, 1),
          Map.entry(10, 8),
          Map.entry(11, 8),
          Map.entry(12, 8));

  private final DataInputStream in;
  private long position;
  private long alignment = 32;

  private Gguf(DataInputStream in) {
    this.in = in;
  }

  static ModelFile.State look(Path file, long size) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return new Gguf(in).look(size);
    } catch (EOFException e) {
      return new ModelFile.State.Broken(TRUNCATED_HEADER);
    } catch (Damaged e) {
      return new ModelFile.State.Broken("its header is damaged: " + e.getMessage());
    }
  }

  private ModelFile.State look(long size) throws IOException {
    byte[] magic = bytes(4);
    if (!new String(magic, StandardCharsets.US_ASCII).equals("GGUF")) {
      return new ModelFile.State.Broken("it does not begin with GGUF: it is another kind of file");
    }
    int version = int32();
    if (version != 2 && version != 3) {
      return new ModelFile.State.Broken("it is GGUF version " + version + ", not 2 or 3");
    }
    long tensors = count("tensors");
    long facts = count("facts");
    for (long i = 0; i < facts; i++) {
      fact();
    }
    long end = 0;
    for (long i = 0; i < tensors; i++) {
      end = Math.max(end, tensorEnd());
    }
    long data = (position + alignment - 1) / alignment * alignment;
    long least = tensors == 0 ? position : data + end;
    return size < least ? ModelFile.sized(least, size) : new ModelFile.State.Whole(size);
  }

  private void fact() throws IOException {
    String key = text();
    int type = int32();
    if (key.equals("general.alignment") && type == 4) {
      alignment = Math.max(1, Integer.toUnsignedLong(int32()));
    } else {
      skipValue(type, 0);
    }
  }

  private void skipValue(int type, int depth) throws IOException {
    Integer plain = PLAIN.get(type);
    if (plain != null) {
      skip(plain);
    } else if (type == STRING) {
      skip(length());
    } else if (type == ARRAY && depth < 4) {
      int element = int32();
      long count = count("elements of a list");
      Integer each = PLAIN.get(element);
      if (each != null) {
        skip(count * each);
      } else {
        for (long i = 0; i < count; i++) {
          skipValue(element, depth + 1);
        }
      }
    } else {
      throw new Damaged("a fact of type " + type);
    }
  }

  /** Where the tensor ends, from the start of all tensors. */
  private long tensorEnd() throws IOException {
    String name = text();
    int dimensions = int32();
    if (dimensions < 0 || dimensions > 8) {
      throw new Damaged("tensor '" + name + "' has " + dimensions + " dimensions");
    }
    long elements = 1;
    for (int i = 0; i < dimensions; i++) {
      long length = int64();
      if (length < 0 || length > LARGEST / Math.max(1, elements)) {
        throw new Damaged("tensor '" + name + "' has too many elements");
      }
      elements *= length;
    }
    int type = int32();
    long offset = int64();
    if (offset < 0 || offset > LARGEST) {
      throw new Damaged("tensor '" + name + "' begins at " + Long.toUnsignedString(offset));
    }
    return offset + GgufType.bytes(type, elements);
  }

  private long count(String what) throws IOException {
    long count = int64();
    if (count < 0 || count > MOST_ENTRIES) {
      throw new Damaged(Long.toUnsignedString(count) + " " + what);
    }
    return count;
  }

  private String text() throws IOException {
    return new String(bytes((int) length()), StandardCharsets.UTF_8);
  }

  private long length() throws IOException {
    long length = int64();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new Damaged("a text of " + Long.toUnsignedString(length) + " bytes");
    }
    return length;
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    position += count;
    return bytes;
  }

  private void skip(long count) throws IOException {
    in.skipNBytes(count);
    position += count;
  }

  private int int32() throws IOException {
    position += Integer.BYTES;
    return Integer.reverseBytes(in.readInt());
  }

  private long int64() throws IOException {
    position += Long.BYTES;
    return Long.reverseBytes(in.readLong());
  }

  private static final class Damaged extends IOException {
    Damaged(String what) {
      super(what);
    }
  }
}
