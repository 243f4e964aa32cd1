package dev.promptrunner.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells whether a model's file is all there, from its head and its size: no weight is read. */
final class ModelFile {
  private static final int HEAD = 64;

  private ModelFile() {}

  /** What a look at a file showed. */
  sealed interface State {
    /** It is as long as its head says. */
    record Whole(long bytes) implements State {}

    /** It cannot be loaded, and why. */
    record Broken(String why) implements State {}

    /** Its format does not tell its length. */
    record Unknown() implements State {}
  }

  static State look(Path file) throws IOException {
    long size = Files.size(file);
    Optional<String> other = otherThanModel(head(file));
    if (size == 0 || other.isPresent()) {
      return new State.Broken(other.orElse("it is empty"));
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".safetensors") || name.endsWith(".sft")) {
      return Safetensors.look(file, size);
    }
    if (name.endsWith(".gguf")) {
      return Gguf.look(file, size);
    }
    return head(file).startsWith("PK\3\4") ? zip(file, size) : new State.Unknown();
  }

  /** What lies there after a download that went wrong. */
  private static Optional<String> otherThanModel(String head) {
    if (head.startsWith("version https://git-lfs")) {
      return Optional.of("it is a pointer of Git LFS, not the model itself");
    }
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype") || start.startsWith("<html")
        ? Optional.of("it is a web page, not a model: the download met a login or an error")
        : Optional.empty();
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    }
  }

  /** PyTorch's own files are archives, with their list at the end. */
  private static State zip(Path file, long size) throws IOException {
    try (ZipFile _ = new ZipFile(file.toFile())) {
      return new State.Whole(size);
    } catch (ZipException e) {
      return new State.Broken("it is truncated or damaged (" + e.getMessage() + ")");
    }
  }

  /** For a file that ends too early or too late. */
  static State sized(long expected, long size) {
    if (size == expected) {
      return new State.Whole(size);
    }
    return new State.Broken(
        size < expected
            ? "it is truncated: %,d of %,d bytes are there".formatted(size, expected)
            : "it has %,d bytes, and its header tells of %,d".formatted(size, expected));
  }
}
