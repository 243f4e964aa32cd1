package dev.promptrunner.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** H.264's units of a byte stream (ITU-T H.264, 7.3.1 and annex B). */
final class NalUnits {
  static final int IDR = 5;
  static final int SPS = 7;
  static final int PPS = 8;

  private NalUnits() {}

  static int type(byte firstByte) {
    return firstByte & 0x1f;
  }

  /** Splits at the start codes 00 00 01; zeros before a start code are padding. */
  static List<byte[]> ofAnnexB(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int start = nextStart(stream, 0);
    while (start < stream.length) {
      int next = nextStart(stream, start);
      int end = next == stream.length ? next : next - 3;
      while (end > start && stream[end - 1] == 0) {
        end--;
      }
      units.add(Arrays.copyOfRange(stream, start, end));
      start = next;
    }
    return units;
  }

  /** The same units as an MP4 stores them: each after its length in four bytes. */
  static byte[] lengthPrefixed(List<byte[]> units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(unit.length >> shift);
      }
      out.writeBytes(unit);
    }
    return out.toByteArray();
  }

  /** The place after the next start code; the stream's length when there is none. */
  private static int nextStart(byte[] stream, int from) {
    for (int i = from; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        return i + 3;
      }
    }
    return stream.length;
  }
}
