package dev.promptrunner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Reads a parsed command line, from the innermost command outwards. Wrong values end in a {@link
 * ParameterException} that says what to write.
 */
final class RequestReader {
  private final List<ParseResult> innermostFirst;
  private final CommandLine command;

  /**
   * Reads this line.
   *
   * @param line the result of the whole line
   */
  RequestReader(ParseResult line) {
    List<CommandLine> commands = line.asCommandLineList();
    this.command = commands.getLast();
    this.innermostFirst = commands.reversed().stream().map(CommandLine::getParseResult).toList();
  }

  Request.Common common() {
    checkChoices();
    return new Request.Common(path("--config"), overrides(), given("--json"), given("--no-color"));
  }

  /** Prompt files and folders; empty takes the configured ones. */
  List<Path> paths() {
    return parameters().stream().map(text -> path("PATH", text)).toList();
  }

  /** The only parameter that is no option. */
  String parameter() {
    return parameters().getFirst();
  }

  Optional<Path> path(String option) {
    return values(option).stream().findFirst().map(text -> path(option, text));
  }

  int port(int otherwise) {
    return values("--port").stream().findFirst().map(this::port).orElse(otherwise);
  }

  private int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new ParameterException(command, "--port is '" + text + "': give a number 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private Path path(String what, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ParameterException(
          command, "%s is '%s': give a path (%s)".formatted(what, text, e.getReason()), e);
    }
  }

  private List<String> parameters() {
    return innermostFirst.getFirst().matchedPositionals().stream()
        .flatMap(position -> position.stringValues().stream())
        .toList();
  }

  private boolean given(String option) {
    return innermostFirst.stream().anyMatch(result -> result.hasMatchedOption(option));
  }

  private List<String> values(String option) {
    return innermostFirst.stream()
        .filter(result -> result.hasMatchedOption(option))
        .findFirst()
        .map(result -> result.matchedOption(option).stringValues())
        .orElse(List.of());
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new TreeMap<>();
    for (SettingOption setting : SettingOption.all()) {
      if (given(setting.option())) {
        String value = String.join(",", values(setting.option()));
        overrides.put(setting.key(), setting.isFlag() ? "true" : value);
      }
    }
    return overrides;
  }

  private void checkChoices() {
    List<String> complaints =
        SettingOption.all().stream()
            .flatMap(
                setting ->
                    values(setting.option()).stream()
                        .flatMap(value -> setting.complaint(value).stream()))
            .toList();
    if (!complaints.isEmpty()) {
      throw new ParameterException(command, String.join("\n", complaints));
    }
  }
}
