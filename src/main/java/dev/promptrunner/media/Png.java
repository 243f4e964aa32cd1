package dev.promptrunner.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.global.avcodec;

/** Pictures as PNG files, without loss. Safe for use by many threads. */
public final class Png {
  private static final String REMEDY = "give a whole PNG, JPEG or WebP picture";

  /** Bytes that tell what a file is. */
  private static final int SIGNATURE = 12;

  private Png() {}

  /** The file is whole or absent; an older one of that name is replaced. */
  public static void write(Path file, Picture picture) throws MediaException {
    byte[] bytes = encode(picture);
    try (PartFile part = PartFile.of(file)) {
      Files.write(part.path(), bytes);
      part.publish();
    } catch (IOException e) {
      throw new MediaException(
          "writing picture " + file, e.toString(), "check the free space and the rights", e);
    }
  }

  /** The PNG's bytes. */
  public static byte[] encode(Picture picture) throws MediaException {
    return StillImages.encode(
        picture,
        Shape.rgb24(picture.width(), picture.height()),
        avcodec.AV_CODEC_ID_PNG,
        Map.of("pred", "up", "compression_level", "4"),
        "compressing a picture of " + picture.size());
  }

  /**
   * Reads any PNG; palettes, grey and 16 bits become 8-bit RGB, transparency is dropped. A JPEG or
   * WebP under the name of a PNG is read as what it is.
   */
  public static Picture read(Path file) throws MediaException {
    String attempted = "reading picture " + file;
    if (!Files.isRegularFile(file)) {
      throw new MediaException(attempted, "there is no such file", "check the path");
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      return StillImages.decode(bytes, codec(bytes, attempted), attempted);
    } catch (IOException e) {
      throw new MediaException(attempted, e.toString(), "check the file's rights", e);
    }
  }

  /**
   * Whether the file begins as a picture that {@link #read} takes; false when it cannot be read.
   */
  static boolean isPicture(Path file) throws MediaException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return codec(in.readNBytes(SIGNATURE)).isPresent();
    } catch (IOException e) {
      throw new MediaException("reading " + file, e.toString(), "check the file's rights", e);
    }
  }

  private static int codec(byte[] bytes, String attempted) throws MediaException {
    OptionalInt codec = codec(bytes);
    if (codec.isEmpty()) {
      String found = bytes.length == 0 ? "the file is empty (0 bytes)" : "it is no picture";
      throw new MediaException(attempted, found, REMEDY);
    }
    return codec.getAsInt();
  }

  private static OptionalInt codec(byte[] bytes) {
    if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G')) {
      return OptionalInt.of(avcodec.AV_CODEC_ID_PNG);
    }
    if (startsWith(bytes, 0, 0xff, 0xd8)) {
      return OptionalInt.of(avcodec.AV_CODEC_ID_MJPEG);
    }
    return startsWith(bytes, 8, 'W', 'E', 'B', 'P')
        ? OptionalInt.of(avcodec.AV_CODEC_ID_WEBP)
        : OptionalInt.empty();
  }

  private static boolean startsWith(byte[] bytes, int at, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (at + i >= bytes.length || (bytes[at + i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
