package dev.promptrunner.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;

/** Pictures as PNG files, without loss. Safe for use by many threads. */
public final class Png {
  private static final String REMEDY = "give a whole PNG, JPEG or WebP picture";

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

  private static int codec(byte[] bytes, String attempted) throws MediaException {
    if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G')) {
      return avcodec.AV_CODEC_ID_PNG;
    }
    if (startsWith(bytes, 0, 0xff, 0xd8)) {
      return avcodec.AV_CODEC_ID_MJPEG;
    }
    if (startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
      return avcodec.AV_CODEC_ID_WEBP;
    }
    throw new MediaException(
        attempted, bytes.length == 0 ? "the file is empty (0 bytes)" : "it is no picture", REMEDY);
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
