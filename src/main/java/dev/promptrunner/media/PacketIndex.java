package dev.promptrunner.media;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A stream's packets in coding order, as far as cutting needs them: pure arithmetic, no file.
 *
 * <p>The packet {@code i} holds the frame {@link #shown(int) shown(i)}. At a <em>clean</em> packet
 * decoding can start, and nothing before it is shown after it: frames before it are exactly the
 * packets before it.
 */
final class PacketIndex {
  private final long[] times;
  private final int[] shown;
  private final boolean[] clean;
  private final boolean exact;

  /**
   * @param time when the packet's frame is shown, in the stream's units
   * @param start whether the packet says of itself that decoding can start there
   * @param visible false for packets that are decoded but not shown
   */
  record Packet(long time, boolean start, boolean visible) {}

  private PacketIndex(long[] times, int[] shown, boolean[] clean, boolean exact) {
    this.times = times;
    this.shown = shown;
    this.clean = clean;
    this.exact = exact;
  }

  static PacketIndex of(List<Packet> packets) {
    long[] times = packets.stream().mapToLong(Packet::time).toArray();
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    int[] shown = new int[times.length];
    Arrays.setAll(shown, i -> Arrays.binarySearch(sorted, times[i]));
    boolean[] clean = new boolean[times.length];
    int highest = -1;
    for (int i = 0; i < clean.length; i++) {
      clean[i] = packets.get(i).start() && highest == i - 1 && shown[i] == i;
      highest = Math.max(highest, shown[i]);
    }
    boolean visible = packets.stream().allMatch(Packet::visible);
    boolean exact = visible && distinct(sorted) && clean.length > 0 && clean[0];
    return new PacketIndex(sorted, shown, clean, exact);
  }

  /**
   * Whether frame numbers can be told from packets alone: every packet is shown, at its own time.
   */
  boolean isExact() {
    return exact;
  }

  int size() {
    return shown.length;
  }

  int shown(int packet) {
    return shown[packet];
  }

  boolean isClean(int packet) {
    return clean[packet];
  }

  /** When the frame is shown, in the stream's units. */
  long time(int frame) {
    return times[frame];
  }

  /** The frame that is shown at exactly this time. */
  OptionalInt frameAt(long time) {
    int frame = Arrays.binarySearch(times, time);
    return frame >= 0 ? OptionalInt.of(frame) : OptionalInt.empty();
  }

  /** The last clean packet at or before the frame: also the number of the frame in it. */
  int lastCleanUpTo(int frame) {
    int packet = frame;
    while (packet > 0 && !clean[packet]) {
      packet--;
    }
    return packet;
  }

  /** How far, in packets, coding runs ahead of showing within these packets. */
  int delay(int from, int to) {
    int delay = 0;
    for (int i = from; i < to; i++) {
      delay = Math.max(delay, i - shown[i]);
    }
    return delay;
  }

  private static boolean distinct(long[] sorted) {
    boolean distinct = sorted.length == 0 || sorted[0] != Long.MIN_VALUE; // no time at all
    for (int i = 1; i < sorted.length; i++) {
      distinct &= sorted[i] != sorted[i - 1];
    }
    return distinct;
  }
}
