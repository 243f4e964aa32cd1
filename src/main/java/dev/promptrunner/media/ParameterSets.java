package dev.promptrunner.media;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameter sets of an H.264 stream by their numbers. Several encoders' streams can follow each
 * other in one track when their sets have different numbers or are equal byte for byte: every
 * picture names the set it needs.
 */
final class ParameterSets {
  private final SortedMap<Integer, byte[]> sequence;
  private final SortedMap<Integer, byte[]> picture;

  private ParameterSets(SortedMap<Integer, byte[]> sequence, SortedMap<Integer, byte[]> picture) {
    this.sequence = sequence;
    this.picture = picture;
  }

  static ParameterSets none() {
    return new ParameterSets(new TreeMap<>(), new TreeMap<>());
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

  /** The sequence parameter sets in the order of their numbers. */
  List<byte[]> sequenceSets() {
    return List.copyOf(sequence.values());
  }

  /** The picture parameter sets in the order of their numbers. */
  List<byte[]> pictureSets() {
    return List.copyOf(picture.values());
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

  /** Takes the unit in when it is a set. */
  void add(byte[] unit) {
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
}
