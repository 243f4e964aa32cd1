package dev.promptrunner.cli;

import dev.promptrunner.base.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
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

  /** The only parameter, as a path. */
  Path pathParameter() {
    String label = command.getCommandSpec().positionalParameters().getFirst().paramLabel();
    if (parameters().isEmpty()) {
      throw new ParameterException(command, "Missing required parameter: '" + label + "'");
    }
    return path(label, parameter());
  }

  Optional<String> text(String option) {
    return values(option).stream().findFirst();
  }

  /** What was given with each occurrence of the option. */
  List<String> texts(String option) {
    return values(option);
  }

  boolean flag(String option) {
    return given(option);
  }

  /** A flag with which the others would do nothing. */
  boolean flagAlone(String option, String... others) {
    List<String> idle = Arrays.stream(others).filter(this::given).toList();
    if (given(option) && !idle.isEmpty()) {
      throw new ParameterException(
          command,
          "%s was given with %s: leave out %s, or give the rest in a command without %s"
              .formatted(option, String.join(", ", idle), String.join(" and ", idle), option));
    }
    return given(option);
  }

  /** A whole number in these bounds, or what stands for none. */
  int number(String option, int least, int most, int otherwise) {
    Optional<String> text = text(option);
    try {
      int number = text.map(Integer::parseInt).orElse(otherwise);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below like one out of bounds
    }
    throw new ParameterException(
        command,
        "%s is '%s': give a whole number from %d to %d"
            .formatted(option, text.orElse(""), least, most));
  }

  /** One of a few words, or what stands for none. */
  <T> T choice(String option, List<String> words, Function<String, Optional<T>> of, T otherwise) {
    Optional<String> text = text(option);
    return text.isEmpty()
        ? otherwise
        : of.apply(text.get())
            .orElseThrow(
                () ->
                    new ParameterException(
                        command,
                        "%s is '%s': give one of %s%s"
                            .formatted(
                                option,
                                text.get(),
                                String.join(", ", words),
                                Nearest.to(text.get(), words)
                                    .map(near -> " (did you mean " + near + "?)")
                                    .orElse(""))));
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
      if (isSetting(setting) && given(setting.option())) {
        overrides.put(setting.key(), setting.isFlag() ? List.of("true") : values(setting.option()));
      }
    }
    if (takesPaths() && !parameters().isEmpty()) {
      overrides.put(PROMPT_FILES, parameters());
    }
    return overrides;
  }

  /** A command may have an option of the same name that is its own. */
  private boolean isSetting(SettingOption setting) {
    OptionSpec own = command.getCommandSpec().findOption(setting.option());
    return own == null || own.userObject() == setting;
  }

  private boolean takesPaths() {
    return command.getCommandSpec().positionalParameters().stream()
        .anyMatch(position -> position.paramLabel().equals(Specs.PATHS));
  }

  private void checkChoices() {
    List<String> complaints =
        Arrays.stream(SettingOption.values())
            .filter(this::isSetting)
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
