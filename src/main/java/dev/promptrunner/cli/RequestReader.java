package dev.promptrunner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
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
  private static final String PROMPT_FILES = "prompt-files";

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

  /** The only parameter that is no option. */
  String parameter() {
    return parameters().getFirst();
  }

  Optional<Path> path(String option) {
    return values(option).stream().findFirst().map(text -> path(option, text));
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

  private Map<String, List<String>> overrides() {
    Map<String, List<String>> overrides = new TreeMap<>();
    for (SettingOption setting : SettingOption.values()) {
      if (given(setting.option())) {
        overrides.put(setting.key(), setting.isFlag() ? List.of("true") : values(setting.option()));
      }
    }
    if (takesPaths() && !parameters().isEmpty()) {
      overrides.put(PROMPT_FILES, parameters());
    }
    return overrides;
  }

  private boolean takesPaths() {
    return command.getCommandSpec().positionalParameters().stream()
        .anyMatch(position -> position.paramLabel().equals(Specs.PATHS));
  }

  private void checkChoices() {
    List<String> complaints =
        Arrays.stream(SettingOption.values())
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
