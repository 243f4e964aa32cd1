package dev.promptrunner.explore.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as one line of JSON each: names in snake_case, the time in seconds. Whole numbers of any
 * size are exact, NaN passes as Python writes it. Thread-safe.
 */
public final class ResultJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .build())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final double MILLIS = 1000;

  private ResultJson() {}

  /** One line without a line break at its end. */
  public static String write(Result result) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("run", result.run());
    line.put("index", result.index());
    line.put("sample", result.sample());
    line.put("shot", result.shot());
    line.put("state", result.state().name().toLowerCase(Locale.ROOT));
    ObjectNode parameters = line.putObject("parameters");
    result.parameters().forEach(parameters::set);
    ArrayNode files = line.putArray("files");
    result.files().forEach(files::add);
    ArrayNode borders = line.putArray("borders");
    result.borders().forEach(borders::add);
    result.took().ifPresent(took -> line.put("seconds", took.toMillis() / MILLIS));
    result.failure().ifPresent(why -> fill(line.putObject("failure"), why));
    line.put("made", result.made());
    return MAPPER.writeValueAsString(line);
  }

  private static void fill(ObjectNode failure, Result.Why why) {
    failure.put("kind", why.kind());
    failure.put("found", why.found());
    failure.put("remedy", why.remedy());
  }

  /**
   * The result of a line; fields that it does not know are skipped.
   *
   * @throws IllegalArgumentException when it is no result, as the last line of a file is that a
   *     crash left half written; the message quotes the line
   */
  public static Result read(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json.isObject() && json.path("run").isString()) {
        return result(json);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a result: '" + line + "'", e);
    }
    throw new IllegalArgumentException("not a result: '" + line + "'");
  }

  private static Result result(JsonNode json) {
    return new Result(
        json.path("run").stringValue(),
        json.path("index").asInt(0),
        json.path("sample").asInt(0),
        json.path("shot").asString(""),
        Result.State.valueOf(json.path("state").asString("open").toUpperCase(Locale.ROOT)),
        parameters(json.path("parameters")),
        texts(json.path("files")),
        numbers(json.path("borders")),
        json.path("seconds").isNumber()
            ? Optional.of(
                Duration.ofMillis(Math.round(json.path("seconds").doubleValue() * MILLIS)))
            : Optional.empty(),
        why(json.path("failure")),
        json.path("made").asString(""));
  }

  private static Map<String, JsonNode> parameters(JsonNode json) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    json.properties().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
    return parameters;
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.values().forEach(value -> texts.add(value.asString("")));
    return texts;
  }

  private static List<Integer> numbers(JsonNode json) {
    List<Integer> numbers = new ArrayList<>();
    json.values().forEach(value -> numbers.add(value.asInt(0)));
    return numbers;
  }

  private static Optional<Result.Why> why(JsonNode json) {
    return json.isObject()
        ? Optional.of(
            new Result.Why(
                json.path("kind").asString(""),
                json.path("found").asString(""),
                json.path("remedy").asString("")))
        : Optional.empty();
  }
}
