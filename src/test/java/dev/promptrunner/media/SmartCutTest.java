package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmartCutTest {
  /** Two groups of nine: I0 P4 B2 B1 B3 P8 B6 B5 B7, coded in this order. */
  private static final int[] GROUP = {0, 4, 2, 1, 3, 8, 6, 5, 7};

  private static PacketIndex twoGroups() {
    List<PacketIndex.Packet> packets = new ArrayList<>();
    for (int start : new int[] {0, 9}) {
      for (int i = 0; i < 9; i++) {
        packets.add(new PacketIndex.Packet(512L * (start + GROUP[i]), i == 0, true));
      }
    }
    return PacketIndex.of(packets);
  }

  private static String cut(PacketIndex index, int start, int length) {
    return SmartCut.parts(index, new FrameRange(start, length)).stream()
        .map(part -> part.getClass().getSimpleName().charAt(0) + ":" + part.frames())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "0,18, C:0–17",
    "0,9,  C:0–8",
    "9,9,  C:9–17",
    "0,8,  C:0–4 E:5–7",
    "0,6,  C:0–4 E:5–5",
    "0,5,  C:0–4",
    "0,4,  C:0–0 E:1–3",
    "0,1,  C:0–0",
    "3,6,  E:3–8",
    "3,15, E:3–8 C:9–17",
    "3,14, E:3–8 C:9–13 E:14–16",
    "0,17, C:0–13 E:14–16",
    "10,3, E:10–12"
  })
  void only_what_a_trim_cuts_open_is_encoded(int start, int length, String parts) {
    assertThat(cut(twoGroups(), start, length)).isEqualTo(parts);
  }

  @Test
  void a_key_packet_with_frames_of_before_behind_it_is_no_clean_start() {
    List<PacketIndex.Packet> packets = new ArrayList<>();
    long[] open = {0, 2, 1, 5, 3, 4};
    for (int i = 0; i < open.length; i++) {
      packets.add(new PacketIndex.Packet(open[i], i == 0 || i == 3, true));
    }
    PacketIndex index = PacketIndex.of(packets);
    assertThat(index.isExact()).isTrue();
    assertThat(index.isClean(3)).isFalse();
    assertThat(cut(index, 3, 3)).isEqualTo("E:3–5");
  }

  @Test
  void numbers_are_not_certain_with_hidden_or_doubled_or_unclean_packets() {
    assertThat(index(true, true, 0, 1, 1).isExact()).isFalse();
    assertThat(index(true, false, 0, 1, 2).isExact()).isFalse();
    assertThat(index(false, true, 0, 1, 2).isExact()).isFalse();
    assertThat(index(true, true, Long.MIN_VALUE, 0, 1).isExact()).isFalse();
    assertThat(PacketIndex.of(List.of()).isExact()).isFalse();
    assertThat(index(true, true, 0, 1, 2).isExact()).isTrue();
  }

  private static PacketIndex index(boolean start, boolean visible, long... times) {
    List<PacketIndex.Packet> packets = new ArrayList<>();
    for (long time : times) {
      packets.add(new PacketIndex.Packet(time, start && packets.isEmpty(), visible));
    }
    return PacketIndex.of(packets);
  }

  @Test
  void parts_hold_exactly_the_frames_that_are_kept() {
    Random random = new Random(11);
    for (int round = 0; round < 2000; round++) {
      PacketIndex index = randomIndex(random);
      int start = random.nextInt(index.size());
      int length = 1 + random.nextInt(index.size() - start);
      List<Integer> frames = new ArrayList<>();
      for (Part part : SmartCut.parts(index, new FrameRange(start, length))) {
        frames.addAll(Clips.range(part.frames().start(), part.frames().end()));
        assertCopyable(index, part);
      }
      assertThat(frames).isEqualTo(Clips.range(start, start + length));
    }
  }

  private static void assertCopyable(PacketIndex index, Part part) {
    if (part instanceof Part.Copied(FrameRange frames)) {
      assertThat(index.isClean(frames.start())).isTrue();
      for (int packet = frames.start(); packet < frames.end(); packet++) {
        assertThat(index.shown(packet)).isBetween(frames.start(), frames.last());
      }
    }
  }

  private static PacketIndex randomIndex(Random random) {
    List<PacketIndex.Packet> packets = new ArrayList<>();
    for (int group = 0; group <= random.nextInt(4); group++) {
      int start = packets.size();
      packets.add(new PacketIndex.Packet(start, true, true));
      for (int mini = 0; mini <= random.nextInt(4); mini++) {
        int base = packets.size();
        int hidden = random.nextInt(4);
        packets.add(new PacketIndex.Packet(base + (long) hidden, false, true));
        for (int b = 0; b < hidden; b++) {
          packets.add(new PacketIndex.Packet(base + (long) b, false, true));
        }
      }
    }
    return PacketIndex.of(packets);
  }
}
