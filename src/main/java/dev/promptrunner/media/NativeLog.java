package dev.promptrunner.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Keeps FFmpeg's last error lines for error messages instead of letting them go to stderr.
 *
 * <p>FFmpeg has one log for the whole process, hence the one instance. A line belongs to the Java
 * thread it came on; lines of FFmpeg's own worker threads count for everybody. Safe for use by many
 * threads.
 */
final class NativeLog extends LogCallback {
  private static final int KEPT = 64;
  private static final int SHOWN = 4;
  private static final NativeLog INSTANCE = new NativeLog();

  private final Deque<Line> lines = new ArrayDeque<>();
  private final ThreadLocal<Long> start = new ThreadLocal<>();
  private long count;

  private record Line(long number, long thread, boolean javaThread, String text) {}

  private NativeLog() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    avutil.setLogCallback(this);
  }

  /** From here on, this thread's {@link #recent()} tells only what is logged after this call. */
  static void begin() {
    INSTANCE.mark();
  }

  /** The last lines since {@link #begin()}, oldest first, without repetitions. */
  static List<String> recent() {
    return INSTANCE.linesOfThisThread();
  }

  /** The recent lines as a suffix for a message; empty when there are none. */
  static String suffix() {
    List<String> recent = recent();
    return recent.isEmpty() ? "" : " (FFmpeg: " + String.join("; ", recent) + ")";
  }

  @Override
  public void call(int level, BytePointer message) {
    if (level <= avutil.AV_LOG_ERROR) {
      // "[mov,mp4 @ 0x7f…] moov atom not found": the address says nothing to a person
      add(message.getString().replaceAll("\\[([^\\]@]+) @ 0x[0-9a-f]+\\] ?", "$1: ").strip());
    }
  }

  private synchronized void add(String text) {
    if (text.isEmpty()) {
      return;
    }
    lines.addLast(new Line(count++, Thread.currentThread().threadId(), start.get() != null, text));
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  private synchronized void mark() {
    start.set(count);
  }

  private synchronized List<String> linesOfThisThread() {
    Long since = start.get();
    long first = since == null ? 0 : since;
    long current = Thread.currentThread().threadId();
    List<String> mine =
        lines.stream()
            .filter(line -> line.number() >= first)
            .filter(line -> !line.javaThread() || line.thread() == current)
            .map(Line::text)
            .distinct()
            .toList();
    return mine.subList(Math.max(0, mine.size() - SHOWN), mine.size());
  }
}
