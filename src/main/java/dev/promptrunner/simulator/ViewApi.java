package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.Folders;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code GET /view}: a file of one of the three folders, whole or in part. */
final class ViewApi {
  private static final int BUFFER = 1 << 18;
  private static final Map<String, String> TYPES =
      Map.of(
          "mp4", "video/mp4",
          "webm", "video/webm",
          "mkv", "video/x-matroska",
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp",
          "txt", "text/plain",
          "json", "application/json");

  private final Folders folders;

  ViewApi(Folders folders) {
    this.folders = folders;
  }

  void get(Context http) throws IOException {
    Optional<String> given = Http.query(http, "filename");
    if (given.isEmpty()) {
      Http.empty(http, 404);
      return;
    }
    Name name = Name.of(given.get(), Http.query(http, "type").orElse("output"));
    Optional<Path> root = folders.named(name.type());
    if (root.isEmpty() || !name.isPlain()) {
      Http.empty(http, 400);
      return;
    }
    String subfolder = Http.query(http, "subfolder").orElse("");
    Optional<Path> folder = Folders.below(root.get(), subfolder);
    if (folder.isEmpty()) {
      Http.empty(http, 403);
      return;
    }
    Path file = folder.get().resolve(name.base());
    if (Files.isRegularFile(file)) {
      send(http, file);
    } else {
      Http.empty(http, 404);
    }
  }

  /**
   * A file name, parted from the {@code [output]} that may follow it.
   *
   * @param text without that suffix
   */
  private record Name(String text, String type) {
    static Name of(String given, String type) {
      for (String other : new String[] {"input", "output", "temp"}) {
        String suffix = "[" + other + "]";
        if (given.endsWith(suffix)) {
          return new Name(given.substring(0, given.length() - suffix.length()).strip(), other);
        }
      }
      return new Name(given, type);
    }

    boolean isPlain() {
      return !text.isEmpty()
          && !text.startsWith("/")
          && !text.contains("..")
          && text.indexOf('\0') < 0;
    }

    /** Without folders: those belong into the parameter {@code subfolder}. */
    String base() {
      return text.substring(text.lastIndexOf('/') + 1);
    }
  }

  private static void send(Context http, Path file) throws IOException {
    long size = Files.size(file);
    String tag = tag(file, size);
    http.header("ETag", tag)
        .header("Last-Modified", lastModified(file))
        .header("Accept-Ranges", "bytes");
    if (Http.header(http, "If-None-Match").filter(tag::equals).isPresent()) {
      Http.empty(http, 304);
      return;
    }
    http.contentType(type(file))
        .header("Content-Disposition", "filename=\"" + file.getFileName() + "\"");
    Optional<ByteSpan> part = part(http, tag, size);
    if (part.isEmpty()) {
      write(http, file, new ByteSpan(0, size));
    } else if (part.get().isWithin(size)) {
      http.status(206).header("Content-Range", part.get().header(size));
      write(http, file, part.get());
    } else {
      http.header("Content-Range", "bytes */" + size);
      Http.empty(http, 416);
    }
  }

  /** A part is sent only of the file that the client began to fetch. */
  private static Optional<ByteSpan> part(Context http, String tag, long size) {
    boolean same = Http.header(http, "If-Range").map(tag::equals).orElse(true);
    return same
        ? Http.header(http, "Range").flatMap(range -> ByteSpan.parse(range, size))
        : Optional.empty();
  }

  private static void write(Context http, Path file, ByteSpan span) throws IOException {
    http.res().setContentLengthLong(span.length());
    if (http.method().equals(HandlerType.HEAD)) {
      return;
    }
    OutputStream out = http.outputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(span.start());
      for (long left = span.length(); left > 0; left -= buffer.position()) {
        buffer.clear().limit((int) Math.min(BUFFER, left));
        if (channel.read(buffer) < 0) {
          return; // the file became shorter: the client sees too few bytes
        }
        out.write(buffer.array(), 0, buffer.position());
      }
    }
  }

  private static String tag(Path file, long size) throws IOException {
    long nanos = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    return "\"" + Long.toHexString(nanos) + "-" + Long.toHexString(size) + "\"";
  }

  private static String lastModified(Path file) throws IOException {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Files.getLastModifiedTime(file).toInstant().atZone(ZoneOffset.UTC));
  }

  private static String type(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }
}
