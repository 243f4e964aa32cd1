package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.InputSpec;
import dev.promptrunner.workflow.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What the common nodes take on every server, written as a server would say it. Lists of files are
 * left out, since they are each server's own.
 */
final class CommonNodes {
  private static final String FILE = "/dev/promptrunner/explore/nodes.json";
  private static final ObjectInfo INFO = read();

  private CommonNodes() {}

  static Optional<InputSpec> input(String classType, String field) {
    return INFO.nodeClass(classType).flatMap(nodeClass -> nodeClass.input(field));
  }

  private static ObjectInfo read() {
    try (InputStream in = CommonNodes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program");
      }
      return ObjectInfo.parse(FILE, in.readAllBytes()).orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
