package dev.promptrunner.testing;

import dev.promptrunner.testing.FakeGcsObjects.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resumable upload: keeps whole 256 KiB of what arrives until the last chunk, answers 308 with
 * the range it has, ignores bytes it has already, and makes the object when the last byte is there,
 * if precondition and check value hold.
 */
final class FakeGcsSession {
  private static final int UNIT = 256 * 1024;
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final FakeGcsObjects objects;
  private final String bucket;
  private final String name;
  private final boolean onlyIfAbsent;
  private final Optional<String> crc32c;
  private final Path file;
  private long kept;
  private Optional<Stored> finished = Optional.empty();

  FakeGcsSession(
      FakeGcsObjects objects,
      String bucket,
      String name,
      boolean onlyIfAbsent,
      Optional<String> crc32c,
      Path file) {
    this.objects = objects;
    this.bucket = bucket;
    this.name = name;
    this.onlyIfAbsent = onlyIfAbsent;
    this.crc32c = crc32c;
    this.file = file;
  }

  synchronized void chunk(FakeGcsRequest request) throws IOException {
    Matcher range = RANGE.matcher(request.header("Content-Range").orElse(""));
    if (finished.isPresent() || !range.matches()) {
      request.drain();
      answer(request);
      return;
    }
    long start = range.group(1) == null ? kept : Long.parseLong(range.group(1));
    if (start > kept) {
      request.drain();
      request.error(503, "Invalid request. The Content-Range is ahead of what was received.");
      return;
    }
    boolean last = !range.group(3).equals("*");
    long arrived = write(request.body(), start);
    boolean whole = last && arrived == Long.parseLong(range.group(3));
    kept = Math.max(kept, whole ? arrived : arrived / UNIT * UNIT);
    if (whole) {
      finish(request);
    } else {
      answer(request);
    }
  }

  /** Returns where the bytes that arrived end. */
  private long write(InputStream body, long start) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long at = start;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int count = body.read(buffer, 0, buffer.length);
          count >= 0;
          count = body.read(buffer, 0, buffer.length)) {
        channel.write(ByteBuffer.wrap(buffer, 0, count), at);
        at += count;
      }
    }
    return at;
  }

  private void finish(FakeGcsRequest request) throws IOException {
    String actual = FakeGcsObjects.crc32c(file);
    if (crc32c.isPresent() && !crc32c.get().equals(actual)) {
      kept = 0;
      request.error(
          400,
          "Provided CRC32C \""
              + crc32c.get()
              + "\" doesn't match calculated CRC32C \""
              + actual
              + "\".");
      return;
    }
    finished = objects.createIf(onlyIfAbsent, bucket, name, file, actual);
    if (finished.isEmpty()) {
      request.error(412, "At least one of the pre-conditions you specified did not hold.");
      return;
    }
    answer(request);
  }

  /** 200 with the object when it is made, else 308 with what is there. */
  synchronized void answer(FakeGcsRequest request) throws IOException {
    if (finished.isPresent()) {
      request.json(200, finished.get().metadata());
      return;
    }
    if (kept > 0) {
      request.exchange().getResponseHeaders().set("Range", "bytes=0-" + (kept - 1));
    }
    request.empty(308);
  }
}
