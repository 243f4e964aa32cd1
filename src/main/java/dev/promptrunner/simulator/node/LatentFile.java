package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A latent as the simulator keeps it: a safetensors file with one tensor of unsigned bytes, frames
 * × height × width × 3, which are the frames themselves. It is written in place and read as a
 * stream, as ComfyUI does: a server that dies while writing leaves a cut file behind.
 *
 * @param dataStart where the tensor begins in the file
 */
record LatentFile(Path file, FrameSize size, int count, long dataStart) implements Frames {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TENSOR = "latent_tensor";

  /** A header of frames of a plausible size is far shorter. */
  private static final long LONGEST_HEADER = 1 << 20;

  /** Told after every frame written, so that a job can be interrupted. */
  @FunctionalInterface
  interface AfterFrame {
    void written() throws InterruptedException;
  }

  static void write(Path file, Frames frames, AfterFrame after)
      throws MediaException, IOException, InterruptedException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        FrameCursor cursor = frames.open()) {
      byte[] header = header(frames);
      out.write(length(header.length));
      out.write(header);
      for (int i = 0; i < frames.count(); i++) {
        out.write(frame(cursor, i, frames).rgb());
        after.written();
      }
    }
  }

  static LatentFile read(Path file) throws IOException, NodeException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(8);
      long length =
          start.length < 8 ? -1 : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > LONGEST_HEADER) {
        throw broken(file, "no header");
      }
      JsonNode shape = JSON.readTree(in.readNBytes((int) length)).path(TENSOR).path("shape");
      int count = shape.path(0).asInt(0);
      FrameSize size = new FrameSize(shape.path(2).asInt(0), shape.path(1).asInt(0));
      LatentFile latent = new LatentFile(file, size, count, 8 + length);
      if (Files.size(file) < latent.dataStart + (long) count * latent.frameBytes()) {
        throw broken(file, Files.size(file) + " bytes, too few for " + count + " frames");
      }
      return latent;
    }
  }

  @Override
  public FrameCursor open() throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(dataStart);
    return new Cursor(in, count);
  }

  private int frameBytes() {
    return size.width() * size.height() * 3;
  }

  private static Picture frame(FrameCursor cursor, int number, Frames frames)
      throws MediaException, IOException {
    return cursor
        .next()
        .orElseThrow(
            () -> new IOException("frame " + number + " of " + frames.count() + " is missing"));
  }

  private static byte[] header(Frames frames) {
    long bytes = (long) frames.count() * frames.size().width() * frames.size().height() * 3;
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("comment", Nodes.MARK);
    ObjectNode tensor = header.putObject(TENSOR).put("dtype", "U8");
    tensor
        .putArray("shape")
        .add(frames.count())
        .add(frames.size().height())
        .add(frames.size().width())
        .add(3);
    tensor.putArray("data_offsets").add(0).add(bytes);
    return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  private static NodeException broken(Path file, String found) {
    return new NodeException(
        "safetensors_rust.SafetensorError",
        "Error while deserializing header of " + file + ": " + found);
  }

  private final class Cursor implements FrameCursor {
    private final InputStream in;
    private int left;

    Cursor(InputStream in, int left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public Optional<Picture> next() throws IOException {
      if (left <= 0) {
        return Optional.empty();
      }
      left--;
      byte[] rgb = in.readNBytes(frameBytes());
      return Optional.of(new Picture(size.width(), size.height(), rgb));
    }

    @Override
    public void skip(int frames) throws IOException {
      int passed = Math.min(frames, left);
      in.skipNBytes((long) passed * frameBytes());
      left -= passed;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
