package dev.promptrunner.comfy.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The file that a server prints into. It is cut by copying and truncating, because the server keeps
 * it open; what is printed between the two is lost. Stateless; one program cuts it at a time.
 *
 * @param longest bytes before it is cut
 * @param kept files in all
 */
record ServerLog(Path file, long longest, int kept) {
  /** Begins the line that this program writes before each start. */
  static final String START = "=== prompt-runner starts this server at ";

  /** A progress bar ends its lines with a carriage return alone. */
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");

  private static final Pattern ERROR =
      Pattern.compile("^(!!! Exception|\\[?ERROR|[A-Za-z_.]*(Error|Exception)\\b:?).*");
  private static final int END = 256 * 1024;

  ServerLog(Path file) {
    this(file, 10_000_000, 5);
  }

  long size() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** The last lines since the newest start, without empty ones. */
  List<String> lastLines(int count) {
    List<String> lines = sinceStart();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** The newest line since the start that looks like an error. */
  Optional<String> lastError() {
    return sinceStart().reversed().stream().filter(ERROR.asMatchPredicate()).findFirst();
  }

  boolean saysSinceStart(Predicate<String> line) {
    return sinceStart().stream().anyMatch(line);
  }

  private List<String> sinceStart() {
    List<String> lines = lines(from(Math.max(0, size() - END), END));
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(START)) {
        return lines.subList(i + 1, lines.size());
      }
    }
    return lines;
  }

  static List<String> lines(byte[] bytes) {
    return LINE_END
        .splitAsStream(new String(bytes, StandardCharsets.UTF_8))
        .map(String::stripTrailing)
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** At most so many bytes from there on; nothing when the file ends before. */
  byte[] from(long position, int most) {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(position);
      byte[] bytes = new byte[most];
      int read = open.read(bytes);
      return read < 0 ? new byte[0] : Arrays.copyOf(bytes, read);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** Cuts it when it is too long; true when it was. */
  boolean cut() throws IOException {
    if (size() <= longest) {
      return false;
    }
    for (int i = kept - 1; i > 1; i--) {
      Path older = numbered(i - 1);
      if (Files.exists(older)) {
        Files.move(older, numbered(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(0);
    }
    return true;
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
