package dev.promptrunner.app;

import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.VideoProbe;
import dev.promptrunner.plan.Product;
import dev.promptrunner.workflow.ExpectedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds files that a server finished before it forgot the job. ComfyUI writes in place, so only
 * what its own format proves whole counts.
 */
final class Leftovers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_HEADER = 16 << 20;

  private Leftovers() {}

  static Optional<Path> whole(List<Path> left, ExpectedOutput output, Product product) {
    return left.stream()
        .filter(
            file ->
                switch (output) {
                  case ExpectedOutput.Written written ->
                      written.matches(file.getFileName().toString()) && isWholeLatent(file);
                  case ExpectedOutput.Reported _ -> isWholeVideo(file, product);
                })
        .findFirst();
  }

  private static boolean isWholeVideo(Path file, Product product) {
    try {
      return product.isVideo()
          && file.toString().endsWith(".mp4")
          && product.allows(VideoProbe.probe(file).frames());
    } catch (MediaException _) {
      return false;
    }
  }

  /** Safetensors: a header's length, the header, and tensors that end where the file ends. */
  static boolean isWholeLatent(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(length);
      long header = length.remaining() == 0 ? length.getLong(0) : -1;
      if (header < 2 || header > MOST_HEADER || header + Long.BYTES > Files.size(file)) {
        return false;
      }
      ByteBuffer json = ByteBuffer.allocate((int) header);
      while (json.hasRemaining() && channel.read(json) >= 0) {
        // until the header is whole
      }
      return Long.BYTES + header + end(JSON.readTree(json.array())) == Files.size(file);
    } catch (IOException | JacksonException _) {
      return false;
    }
  }

  private static long end(JsonNode header) {
    long end = 0;
    for (JsonNode tensor : header) {
      end = Math.max(end, tensor.path("data_offsets").path(1).asLong(0));
    }
    return end;
  }
}
