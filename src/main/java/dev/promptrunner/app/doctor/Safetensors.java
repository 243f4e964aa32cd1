package dev.promptrunner.app.doctor;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of the safetensors format: a length, a header in JSON, then the tensors without gaps. */
final class Safetensors {
  private static final int LENGTH = Long.BYTES;

  /** The format's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private Safetensors() {}

  static ModelFile.State look(Path file, long size) throws IOException {
    if (size < LENGTH) {
      return new ModelFile.State.Broken("it is truncated: it has %d bytes".formatted(size));
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long length = Long.reverseBytes(in.readLong());
      if (length < 2 || length > LONGEST_HEADER) {
        return new ModelFile.State.Broken(
            "it is no safetensors file: its header would have %s bytes"
                .formatted(Long.toUnsignedString(length)));
      }
      if (length > size - LENGTH) {
        return new ModelFile.State.Broken(
            "it is truncated within its header: %,d of at least %,d bytes are there"
                .formatted(size, length + LENGTH));
      }
      return header(in.readNBytes((int) length), size);
    }
  }

  private static ModelFile.State header(byte[] json, long size) {
    try {
      long end = 0;
      for (Map.Entry<String, JsonNode> tensor : JsonMapper.shared().readTree(json).properties()) {
        end = Math.max(end, tensor.getValue().path("data_offsets").path(1).asLong(0));
      }
      return ModelFile.sized(LENGTH + json.length + end, size);
    } catch (JacksonException e) {
      return new ModelFile.State.Broken("its header is damaged: it is not JSON");
    }
  }
}
