package dev.promptrunner.workflow;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.SymbolReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A parsed file that remembers on which line each value stands, so that a problem can point there.
 *
 * @param file the name that problems give
 * @param root the tree; an empty file is an empty object
 * @param lines the line, from 1, of the value at each path such as {@code /high/edits/0}
 */
public record LocatedTree(String file, JsonNode root, Map<String, Integer> lines) {
  private static final String ROOT = "";
  private static final ByteSize LARGEST = ByteSize.ofMegabytes(16);

  /**
   * What a file is called when it cannot be read, and what to do then.
   *
   * @param language JSON or YAML
   * @param whatItIs such as {@code the workflow}
   * @param whenMissing what to do about a file that is not there
   * @param remedy for a file that does not parse
   */
  public record Form(
      ObjectMapper mapper, String language, String whatItIs, String whenMissing, String remedy) {
    /** Of a YAML file. */
    public static Form yaml(String whatItIs, String whenMissing) {
      return new Form(
          Trees.YAML,
          "YAML",
          whatItIs,
          whenMissing,
          "correct the line; indentation is part of YAML");
    }

    private JsonParser parser(byte[] bytes) {
      return mapper instanceof YAMLMapper
          ? mapper.createParser(new SymbolReader(new String(bytes, StandardCharsets.UTF_8)))
          : mapper.createParser(bytes);
    }
  }

  /** Reads a file of at most 16 MB. */
  public static Reading<LocatedTree> read(Path path, Form form) {
    byte[] bytes;
    try {
      if (Files.size(path) > LARGEST.bytes()) {
        return Reading.bad(
            new Problem(
                path.toString(),
                form.whatItIs + " is too large",
                new ByteSize(Files.size(path)).toString(),
                "give a file of at most " + LARGEST));
      }
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Reading.bad(
          new Problem(path.toString(), form.whatItIs + " is not there", "", form.whenMissing));
    } catch (IOException e) {
      return Reading.bad(
          new Problem(
              path.toString(),
              form.whatItIs + " cannot be read",
              IoReason.of(e),
              "make it readable"));
    }
    return parse(path.toString(), bytes, form);
  }

  /** Never throws, whatever the bytes are. */
  public static Reading<LocatedTree> parse(String file, byte[] bytes, Form form) {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = form.parser(bytes)) {
      JsonToken first = parser.nextToken();
      JsonNode root = first == null ? Trees.NODES.objectNode() : tree(parser, ROOT, lines);
      if (parser.nextToken() != null) {
        return Reading.bad(
            notParsed(file, form, "more after the end", parser.currentTokenLocation()));
      }
      return new Reading.Good<>(new LocatedTree(file, root, Map.copyOf(lines)));
    } catch (JacksonException e) {
      return Reading.bad(notParsed(file, form, e.getOriginalMessage(), e.getLocation()));
    }
  }

  /** {@code file:line} of the value at the path, or of the nearest value around it. */
  public String where(String path) {
    Integer line = lines.get(path);
    if (line != null) {
      return file + ":" + line;
    }
    int slash = path.lastIndexOf('/');
    return slash < 0 ? file : where(path.substring(0, slash));
  }

  private static JsonNode tree(JsonParser parser, String path, Map<String, Integer> lines) {
    lines.putIfAbsent(path, Math.max(1, parser.currentTokenLocation().getLineNr()));
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, lines);
      case START_ARRAY -> array(parser, path, lines);
      default -> scalar(parser);
    };
  }

  private static ObjectNode object(JsonParser parser, String path, Map<String, Integer> lines) {
    ObjectNode object = Trees.NODES.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String inner = path + "/" + name;
      lines.put(inner, parser.currentTokenLocation().getLineNr());
      parser.nextToken();
      object.set(name, tree(parser, inner, lines));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser, String path, Map<String, Integer> lines) {
    ArrayNode array = Trees.NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(tree(parser, path + "/" + array.size(), lines));
    }
    return array;
  }

  private static JsonNode scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> Trees.NODES.numberNode(parser.getIntValue());
            case LONG -> Trees.NODES.numberNode(parser.getLongValue());
            default -> Trees.NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> Trees.NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> Trees.NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> Trees.NODES.nullNode();
      default -> Trees.NODES.stringNode(parser.getString());
    };
  }

  /** For a text that is none of the form's language. */
  static Problem notParsed(
      String file, Form form, String message, @Nullable TokenStreamLocation at) {
    String place =
        at == null || at.getLineNr() < 1
            ? file
            : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
    // After this the parser lists all that it knows.
    String found = message.lines().findFirst().orElse("").replaceFirst(": was expecting.*", "");
    return new Problem(
        place, form.whatItIs + " is not valid " + form.language, found.strip(), form.remedy);
  }
}
