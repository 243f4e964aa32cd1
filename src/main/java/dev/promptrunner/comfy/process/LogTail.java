package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Sleeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a server's log as it grows, by bytes and not by lines, and keeps it from growing for ever.
 * A thread of its own until it is closed.
 */
final class LogTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogTail.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int CHUNK = 64 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;

  private final ServerLog file;
  private final Consumer<String> reader;
  private final Sleeper sleeper;
  private final Thread thread;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;

  /**
   * Begins at the file's present end.
   *
   * @param reader gets each whole line, on the tail's thread
   */
  LogTail(ServerLog file, Consumer<String> reader, Sleeper sleeper) {
    this.file = file;
    this.reader = reader;
    this.sleeper = sleeper;
    this.position = file.size();
    this.thread = Thread.ofVirtual().name("comfyui-log").start(this::follow);
  }

  private void follow() {
    try {
      while (true) {
        look();
        sleeper.sleep(LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** What was printed since the last look. */
  private void look() {
    try {
      if (file.size() < position) {
        position = 0;
      }
      for (byte[] more = next(); more.length > 0; more = next()) {
        position += more.length;
        split(more);
      }
      if (file.cut()) {
        position = 0;
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      log.warn("reading the server's log {}: {}", file.file(), e.toString());
    }
  }

  private byte[] next() {
    return file.from(position, CHUNK);
  }

  private void split(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '\n' || each == '\r' || line.size() >= LONGEST_LINE) {
        ServerLog.lines(line.toByteArray()).forEach(reader);
        line.reset();
      } else {
        line.write(each);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
