package dev.promptrunner.media;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameter sets of an H.264 stream by their numbers, as an MP4 keeps them (ISO/IEC 14496-15,
 * AVCDecoderConfigurationRecord). Several encoders' streams can follow each other in one track when
 * their sets have different numbers or are equal byte for byte: every picture names the set it
 * needs.
 */
final class ParameterSets {
  /** Only these profiles tell their chroma format in the record. */
  private static final List<Integer> HIGH_PROFILES = List.of(100, 110, 122, 144, 244);

  private final SortedMap<Integer, byte[]> sequence;
  private final SortedMap<Integer, byte[]> picture;

  private ParameterSets(SortedMap<Integer, byte[]> sequence, SortedMap<Integer, byte[]> picture) {
    this.sequence = sequence;
    this.picture = picture;
  }

  static ParameterSets none() {
    return new ParameterSets(new TreeMap<>(), new TreeMap<>());
  }

  /** Reads an MP4's record; empty for any other form, and where lengths have not four bytes. */
  static Optional<ParameterSets> parse(byte[] record) {
    boolean fourByteLengths = record.length > 6 && record[0] == 1 && (record[4] & 3) == 3;
    if (!fourByteLengths) {
      return Optional.empty();
    }
    ParameterSets sets = none();
    int at = 6;
    for (int kind = 0; kind < 2; kind++) {
      int count = kind == 0 ? record[5] & 0x1f : at < record.length ? record[at++] & 0xff : 0;
      for (int i = 0; i < count; i++) {
        int length = at + 2 > record.length ? -1 : (record[at] & 0xff) << 8 | record[at + 1] & 0xff;
        if (length < 5 - 2 * kind || at + 2 + length > record.length) {
          return Optional.empty();
        }
        sets.add(Arrays.copyOfRange(record, at + 2, at + 2 + length));
        at += 2 + length;
      }
    }
    return sets.sequence.isEmpty() ? Optional.empty() : Optional.of(sets);
  }

  /** Takes the sets out of an encoder's header; other units are ignored. */
  static ParameterSets ofAnnexB(byte[] header) {
    ParameterSets sets = none();
    NalUnits.ofAnnexB(header).forEach(sets::add);
    return sets;
  }

  /** Whether the unit is one of these sets, or none at all. */
  boolean knows(byte[] unit) {
    return switch (NalUnits.type(unit[0])) {
      case NalUnits.SPS -> Arrays.equals(sequence.get(sequenceId(unit)), unit);
      case NalUnits.PPS -> Arrays.equals(picture.get(pictureId(unit)), unit);
      default -> true;
    };
  }

  /** Whether no number of the others means something else here. */
  boolean agreesWith(ParameterSets others) {
    return agree(sequence, others.sequence) && agree(picture, others.picture);
  }

  /** Both together; they must agree. */
  ParameterSets with(ParameterSets others) {
    ParameterSets sum = none();
    sum.sequence.putAll(sequence);
    sum.sequence.putAll(others.sequence);
    sum.picture.putAll(picture);
    sum.picture.putAll(others.picture);
    return sum;
  }

  /** Whether every picture of the stream uses the same set. */
  boolean isSingle() {
    return sequence.size() == 1;
  }

  boolean sameAs(ParameterSets others) {
    return sequence.keySet().equals(others.sequence.keySet())
        && picture.keySet().equals(others.picture.keySet())
        && agreesWith(others);
  }

  /** The record for an MP4: the profile and level that all the sets together need. */
  byte[] toRecord() {
    byte[] main = sequence.firstEntry().getValue();
    int level = 0;
    int constraints = 0xff;
    for (byte[] set : sequence.values()) {
      main = (set[1] & 0xff) > (main[1] & 0xff) ? set : main;
      level = Math.max(level, set[3] & 0xff);
      constraints &= set[2];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, main[1], (byte) constraints, (byte) level, (byte) 0xff});
    write(out, 0xe0, sequence);
    write(out, 0, picture);
    writeChroma(out, main);
    return out.toByteArray();
  }

  private void add(byte[] unit) {
    if (unit.length > 0 && NalUnits.type(unit[0]) == NalUnits.SPS) {
      sequence.put(sequenceId(unit), unit);
    } else if (unit.length > 0 && NalUnits.type(unit[0]) == NalUnits.PPS) {
      picture.put(pictureId(unit), unit);
    }
  }

  private static int sequenceId(byte[] unit) {
    return new BitReader(unit, 4).unsigned();
  }

  private static int pictureId(byte[] unit) {
    return new BitReader(unit, 1).unsigned();
  }

  private static boolean agree(SortedMap<Integer, byte[]> ours, SortedMap<Integer, byte[]> theirs) {
    return theirs.entrySet().stream()
        .allMatch(
            set ->
                !ours.containsKey(set.getKey())
                    || Arrays.equals(ours.get(set.getKey()), set.getValue()));
  }

  private static void write(
      ByteArrayOutputStream out, int reserved, SortedMap<Integer, byte[]> sets) {
    out.write(reserved | sets.size());
    for (byte[] set : sets.values()) {
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
