package dev.promptrunner.media;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The form in which MP4 and MKV keep H.264's parameter sets (ISO/IEC 14496-15,
 * AVCDecoderConfigurationRecord).
 */
final class AvcRecord {
  /** Only these profiles tell their chroma format in the record. */
  private static final List<Integer> HIGH_PROFILES = List.of(100, 110, 122, 144, 244);

  private static final int SHORTEST = 7;
  private static final int SHORTEST_SET = 3;

  private AvcRecord() {}

  /** Reads a record; empty for any other form, and where lengths have not four bytes. */
  static Optional<ParameterSets> parse(byte[] record) {
    boolean fourByteLengths = record.length >= SHORTEST && record[0] == 1 && (record[4] & 3) == 3;
    if (!fourByteLengths) {
      return Optional.empty();
    }
    try {
      ParameterSets sets = ParameterSets.none();
      ByteBuffer rest = ByteBuffer.wrap(record, 5, record.length - 5);
      readSets(rest, rest.get() & 0x1f, sets);
      readSets(rest, rest.get() & 0xff, sets);
      return Optional.of(sets).filter(read -> !read.sequenceSets().isEmpty());
    } catch (BufferUnderflowException e) {
      return Optional.empty(); // shorter than it says: no record that could be merged
    }
  }

  private static void readSets(ByteBuffer record, int count, ParameterSets sets) {
    for (int i = 0; i < count; i++) {
      byte[] set = new byte[record.getShort() & 0xffff];
      record.get(set);
      if (set.length >= SHORTEST_SET) {
        sets.add(set);
      }
    }
  }

  /** Writes the record with the profile and level that all the sets together need. */
  static byte[] of(ParameterSets sets) {
    byte[] highest = sets.sequenceSets().getFirst();
    int level = 0;
    int constraints = 0xff;
    for (byte[] set : sets.sequenceSets()) {
      highest = (set[1] & 0xff) > (highest[1] & 0xff) ? set : highest;
      level = Math.max(level, set[3] & 0xff);
      constraints &= set[2];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, highest[1], (byte) constraints, (byte) level, (byte) 0xff});
    write(out, 0xe0, sets.sequenceSets());
    write(out, 0, sets.pictureSets());
    writeChroma(out, highest);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int reserved, List<byte[]> sets) {
    out.write(reserved | sets.size());
    for (byte[] set : sets) {
      out.write(set.length >> 8);
      out.write(set.length);
      out.writeBytes(set);
    }
  }

  private static void writeChroma(ByteArrayOutputStream out, byte[] set) {
    if (HIGH_PROFILES.contains(set[1] & 0xff)) {
      BitReader bits = new BitReader(set, 4);
      bits.unsigned(); // the set's number
      int chroma = bits.unsigned();
      if (chroma == 3) {
        bits.bit(); // separate planes
      }
      out.write(0xfc | chroma);
      out.write(0xf8 | bits.unsigned());
      out.write(0xf8 | bits.unsigned());
      out.write(0);
    }
  }
}
