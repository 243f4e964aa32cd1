package dev.promptrunner.media;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.media.Part.Copied;
import dev.promptrunner.media.Part.Encoded;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a run of frames into what can be copied and what must be encoded again. Pure.
 *
 * <p>Between two clean packets lies a group. A group that is kept whole is copied. Of a group that
 * loses its end, the longest beginning is copied whose packets hold exactly its first frames: no
 * packet needs a later one in coding order. A group that loses its beginning is encoded again up to
 * its end.
 */
final class SmartCut {
  private SmartCut() {}

  /** The parts in order; together they hold exactly the frames of {@code keep}. */
  static List<Part> parts(PacketIndex index, FrameRange keep) {
    List<Part> parts = new ArrayList<>();
    int group = index.lastCleanUpTo(keep.start());
    while (group < keep.end()) {
      int next = nextClean(index, group);
      int start = Math.max(group, keep.start());
      int end = Math.min(next, keep.end());
      int copied = start > group ? start : end == next ? end : closedUpTo(index, group, end);
      addCopied(parts, start, copied);
      addEncoded(parts, copied, end);
      group = next;
    }
    return List.copyOf(parts);
  }

  private static int nextClean(PacketIndex index, int group) {
    int next = group + 1;
    while (next < index.size() && !index.isClean(next)) {
      next++;
    }
    return next;
  }

  /**
   * One past the last packet, at most {@code end}, up to which packets hold only earlier frames.
   */
  private static int closedUpTo(PacketIndex index, int group, int end) {
    int closed = group;
    int highest = group - 1;
    for (int packet = group; packet < end; packet++) {
      highest = Math.max(highest, index.shown(packet));
      closed = highest == packet ? packet + 1 : closed;
    }
    return closed;
  }

  private static void addCopied(List<Part> parts, int start, int end) {
    if (start < end) {
      boolean longer = !parts.isEmpty() && parts.getLast() instanceof Copied;
      int from = longer ? parts.removeLast().frames().start() : start;
      parts.add(new Copied(new FrameRange(from, end - from)));
    }
  }

  private static void addEncoded(List<Part> parts, int start, int end) {
    if (start < end) {
      boolean longer = !parts.isEmpty() && parts.getLast() instanceof Encoded;
      int from = longer ? parts.removeLast().frames().start() : start;
      parts.add(new Encoded(new FrameRange(from, end - from)));
    }
  }
}
