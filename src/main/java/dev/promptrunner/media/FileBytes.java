package dev.promptrunner.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;

/**
 * What can be said of a file before anyone understands it.
 *
 * @param attempted what is being done with it, for messages
 */
record FileBytes(Path file, String attempted) {
  private static final int SHOWN = 16;

  /** The kinds of box that an MP4 or MOV can begin with. */
  private static final Set<String> FIRST_BOXES =
      Set.of("ftyp", "moov", "mdat", "wide", "free", "skip");

  void requireContent() throws MediaException {
    if (!Files.exists(file)) {
      throw new MediaException(
          attempted, "there is no such file", "check the path, or put the video there");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new MediaException(
          attempted, "it is not a file that can be read", "check the path and the file's rights");
    }
    if (size() == 0) {
      throw new MediaException(
          attempted, "the file is empty (0 bytes)", "copy or render the file again");
    }
  }

  long size() throws MediaException {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  boolean beginAsMp4() throws MediaException {
    byte[] first = first();
    return first.length >= 8
        && FIRST_BOXES.contains(new String(first, 4, 4, StandardCharsets.US_ASCII));
  }

  /** The first bytes as a person can read them. */
  String beginning() throws MediaException {
    byte[] first = first();
    String text = new String(first, StandardCharsets.US_ASCII);
    return text.matches("[\\p{Print}\\s]+")
        ? "the text '" + text.strip() + "'"
        : "the bytes " + HexFormat.ofDelimiter(" ").formatHex(first);
  }

  private byte[] first() throws MediaException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SHOWN);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private MediaException unreadable(IOException cause) {
    return new MediaException(
        attempted, "it cannot be read (" + cause + ")", "check the file's rights", cause);
  }
}
