package dev.promptrunner.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all settings for {@code docs/configuration.md}, out of {@link Keys}. */
final class SettingsTable {
  private SettingsTable() {}

  /** Markdown lines: heading, rule, one line a setting. */
  static List<String> lines() {
    List<String> rows = Keys.ALL.stream().map(SettingsTable::row).toList();
    return Stream.concat(
            Stream.of(
                "| setting | default | environment | flag | what it does | allowed |",
                "| --- | --- | --- | --- | --- | --- |"),
            rows.stream())
        .toList();
  }

  private static String row(SettingKey<?> key) {
    String variables =
        key.variables().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
    String flag = key.flag().map(f -> "`" + f + "`").orElse("–");
    return "| `%s` | %s | %s | %s | %s | %s, e.g. `%s` |"
        .formatted(
            key.name(),
            key.byDefault().describe(),
            variables,
            flag,
            key.help(),
            key.type().form(),
            key.type().example());
  }
}
