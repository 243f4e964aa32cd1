package dev.promptrunner.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Segments one after the other, read as one file that exists nowhere. */
final class Concatenation implements ArchiveContent {
  private final List<Segment> segments;
  private final TreeMap<Long, OpenSegment> byStart = new TreeMap<>();
  private final long length;
  private final Crc32c crc32c;

  private record OpenSegment(long length, Segment.Source source) {}

  /** Opens every file at once, so that one that is deleted meanwhile can still be read. */
  Concatenation(List<Segment> segments) throws IOException {
    this.segments = List.copyOf(segments);
    length = this.segments.stream().mapToLong(Segment::length).sum();
    crc32c = crc32cOf(this.segments);
    try {
      open();
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  static Crc32c crc32cOf(List<Segment> segments) {
    Crc32c crc = Crc32c.EMPTY;
    for (Segment segment : segments) {
      crc = crc.then(segment.crc32c(), segment.length());
    }
    return crc;
  }

  private void open() throws IOException {
    long start = 0;
    for (Segment segment : segments) {
      if (segment.length() > 0) {
        byStart.put(start, new OpenSegment(segment.length(), segment.open()));
        start += segment.length();
      }
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Crc32c crc32c() {
    return crc32c;
  }

  @Override
  public int read(long offset, ByteBuffer buffer) throws IOException {
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException("offset " + offset + " of an archive of " + length);
    }
    if (offset == length) {
      return -1;
    }
    int before = buffer.position();
    while (buffer.hasRemaining() && offset + buffer.position() - before < length) {
      readOnce(offset + buffer.position() - before, buffer);
    }
    return buffer.position() - before;
  }

  private void readOnce(long offset, ByteBuffer buffer) throws IOException {
    Map.Entry<Long, OpenSegment> at = byStart.floorEntry(offset);
    long within = offset - at.getKey();
    int room = (int) Math.min(buffer.remaining(), at.getValue().length() - within);
    int limit = buffer.limit();
    buffer.limit(buffer.position() + room);
    try {
      at.getValue().source().read(within, buffer);
    } finally {
      buffer.limit(limit);
    }
  }

  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (OpenSegment segment : byStart.values()) {
      try {
        segment.source().close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void closeAfter(IOException failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
