package dev.promptrunner.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One setting: everything that is known of it stands here.
 *
 * @param name its place in the file, with dots: {@code comfyui.wait}
 * @param flag the command-line option for it, when there is one: {@code --comfyui-wait}
 * @param type what it may be
 * @param byDefault what it is when nobody says anything
 * @param usualVariables names that other programs use for the same thing
 * @param help one sentence for the user
 * @param secret whether its value is kept out of everything that is shown
 * @param <T> the value's Java type
 */
public record SettingKey<T>(
    String name,
    Optional<String> flag,
    SettingType<T> type,
    DefaultValue byDefault,
    List<String> usualVariables,
    String help,
    boolean secret) {

  public SettingKey {
    usualVariables = List.copyOf(usualVariables);
  }

  /** The variables that set it, the strongest first. */
  public List<String> variables() {
    String own =
        "PROMPT_RUNNER_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Stream.concat(Stream.of(own), usualVariables.stream()).toList();
  }

  static <T> SettingKey<T> of(String name, SettingType<T> type, String byDefault, String help) {
    return new SettingKey<>(
        name, Optional.empty(), type, DefaultValue.of(byDefault), List.of(), help, false);
  }

  /** Also an option of the command line: {@code --name}. */
  SettingKey<T> asFlag() {
    return asFlag("--" + name);
  }

  SettingKey<T> asFlag(String option) {
    return new SettingKey<>(
        name, Optional.of(option), type, byDefault, usualVariables, help, secret);
  }

  /** Another default where the folder exists. */
  SettingKey<T> orWhere(String folder, String value) {
    return new SettingKey<>(
        name, flag, type, byDefault.orWhere(folder, value), usualVariables, help, secret);
  }

  SettingKey<T> usually(String variable) {
    return new SettingKey<>(name, flag, type, byDefault, List.of(variable), help, secret);
  }

  SettingKey<T> hidden() {
    return new SettingKey<>(name, flag, type, byDefault, usualVariables, help, true);
  }
}
