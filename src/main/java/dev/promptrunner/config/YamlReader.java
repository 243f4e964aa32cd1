package dev.promptrunner.config;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.SymbolReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads YAML as a stream, so that every setting keeps its line, and as text, so that the settings'
 * own types read numbers and words: YAML's idea of them loses digits of a seed.
 */
final class YamlReader {
  private static final Set<String> NAMES =
      Keys.ALL.stream().map(SettingKey::name).collect(Collectors.toUnmodifiableSet());

  private final String file;
  private final List<Problem> problems;
  private final Map<String, FileEntry> entries = new LinkedHashMap<>();

  YamlReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  List<FileEntry> entries(String text) {
    try (JsonParser parser =
        new YAMLFactory().createParser(ObjectReadContext.empty(), new SymbolReader(text))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        group("", parser);
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        problems.add(
            problem(
                parser,
                "the file must hold settings by name",
                Optional.of(parser.getString()),
                "write lines such as 'output: ./output'"));
      }
    } catch (JacksonException e) {
      String line = Optional.ofNullable(e.getLocation()).map(at -> ":" + at.getLineNr()).orElse("");
      problems.add(
          new Problem(
              file + line,
              "this is not YAML (" + firstLine(e.getOriginalMessage()) + ")",
              "",
              "check indentation, quotes and colons there"));
    }
    return List.copyOf(entries.values());
  }

  private void group(String prefix, JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + parser.currentName();
      String where = where(parser);
      JsonToken token = parser.nextToken();
      if (NAMES.contains(name)) {
        setting(new FileEntry(name, value(parser), where), token);
      } else if (token == JsonToken.START_OBJECT) {
        group(name + ".", parser);
      } else {
        parser.skipChildren();
        unknown(name, where);
      }
    }
  }

  /** A name without a value is as good as no name. */
  private void setting(FileEntry entry, JsonToken token) {
    FileEntry earlier =
        token == JsonToken.VALUE_NULL ? null : entries.putIfAbsent(entry.name(), entry);
    if (earlier != null) {
      problems.add(
          new Problem(
              entry.where(),
              entry.name() + " is set twice, first in " + earlier.where(),
              shown(entry),
              "leave one of them out"));
    }
  }

  private static String shown(FileEntry entry) {
    boolean secret = Keys.ALL.stream().anyMatch(k -> k.secret() && k.name().equals(entry.name()));
    return secret ? "***" : entry.value().toString();
  }

  private void unknown(String name, String where) {
    List<String> inside = NAMES.stream().filter(k -> k.startsWith(name + ".")).sorted().toList();
    String remedy =
        inside.isEmpty()
            ? Unknown.remedy(Nearest.to(name, NAMES))
            : "it is a group of " + String.join(", ", inside) + ": name the one you mean";
    problems.add(new Problem(where, "there is no such setting", name, remedy));
  }

  private Value value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_ARRAY -> {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield new Value.Items(items);
      }
      case START_OBJECT -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield new Value.Fields(fields);
      }
      case VALUE_NULL -> new Value.Text("");
      default -> new Value.Text(parser.getString());
    };
  }

  private Problem problem(JsonParser parser, String what, Optional<String> found, String remedy) {
    return new Problem(where(parser), what, found.map(YamlReader::oneLine).orElse(""), remedy);
  }

  private String where(JsonParser parser) {
    TokenStreamLocation at = parser.currentTokenLocation();
    return file + ":" + at.getLineNr();
  }

  /** The parser's later lines quote the file, and with it perhaps a secret. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("unknown syntax").strip();
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > 120 ? line.substring(0, 120) + "…" : line;
  }
}
