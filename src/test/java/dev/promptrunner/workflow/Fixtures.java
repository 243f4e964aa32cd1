package dev.promptrunner.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What GET /object_info of a real server answered. */
final class Fixtures {
  private Fixtures() {}

  static ObjectInfo objectInfo() throws IOException {
    return ObjectInfo.parse("object_info.json", bytes()).orThrow();
  }

  /** To be changed by a test. */
  static ObjectNode objectInfoJson() throws IOException {
    return (ObjectNode) Trees.JSON.readTree(bytes());
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in =
        Fixtures.class.getResourceAsStream("/comfyui-fixtures/object_info.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
