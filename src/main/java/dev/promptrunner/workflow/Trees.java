package dev.promptrunner.workflow;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLAnchorReplayingFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * JSON and YAML as this package reads and writes them: whole numbers of any size are exact (seeds
 * go up to 2⁶⁴−1), bare NaN and Infinity pass both ways as Python writes and reads them, a key that
 * stands twice is an error.
 */
final class Trees {
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .build())
          .build();

  static final YAMLMapper YAML =
      YAMLMapper.builder(new YAMLAnchorReplayingFactory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  /** A number that has a decimal value, unlike NaN and the infinities. */
  static boolean isFinite(JsonNode value) {
    return value instanceof NumericNode number && !number.isNaN();
  }

  static String pretty(JsonNode tree) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
  }

  /** The same text for equal trees: keys sorted, no spaces. */
  static String canonical(JsonNode tree) {
    return JSON.writeValueAsString(sorted(tree));
  }

  private static JsonNode sorted(JsonNode tree) {
    return switch (tree) {
      case ObjectNode object -> {
        ObjectNode result = NODES.objectNode();
        object.propertyNames().stream()
            .sorted()
            .forEach(name -> result.set(name, sorted(object.get(name))));
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = NODES.arrayNode(array.size());
        array.forEach(element -> result.add(sorted(element)));
        yield result;
      }
      default -> tree;
    };
  }
}
