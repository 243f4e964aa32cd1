package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.config.Keys;
import dev.promptrunner.config.Resolved;
import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.SettingKey;
import dev.promptrunner.config.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The options stand twice, in help and in the settings: here both are held together. */
class SettingOptionTest {
  @TempDir private Path folder;

  private Resolved resolve(Map<String, List<String>> flags) throws Exception {
    return Resolver.resolve(new Sources(flags, Map.of(), Optional.empty(), folder, path -> false));
  }

  private static SettingKey<?> key(SettingOption option) {
    return Keys.ALL.stream()
        .filter(key -> key.name().equals(option.key()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no setting " + option.key()));
  }

  @ParameterizedTest
  @EnumSource(SettingOption.class)
  void every_option_sets_a_setting_of_this_name(SettingOption option) {
    assertThat(key(option).flag().orElse(option.option())).isEqualTo(option.option());
  }

  @Test
  void every_setting_with_a_flag_has_its_option() {
    assertThat(Stream.of(SettingOption.values()).map(SettingOption::option))
        .containsAll(Keys.ALL.stream().flatMap(key -> key.flag().stream()).toList());
  }

  @ParameterizedTest
  @EnumSource(SettingOption.class)
  void help_tells_the_true_default(SettingOption option) throws Exception {
    String byDefault =
        resolve(Map.of()).rows().stream()
            .filter(row -> row.name().equals(option.key()))
            .findFirst()
            .orElseThrow()
            .value();
    String told = option.help().substring(option.help().indexOf("Default: ") + 9);
    if (!byDefault.isEmpty() && !option.isFlag()) {
      assertThat(told).startsWith(byDefault.replaceFirst("^\\./", ""));
    }
    if (option.isFlag()) {
      assertThat(byDefault).isEqualTo("false");
    }
  }

  @Test
  void choices_are_those_of_the_settings() throws Exception {
    for (SettingOption option : SettingOption.values()) {
      for (String choice : option.choices()) {
        Resolved resolved =
            resolve(Map.of(option.key(), List.of(choice), "deliver", List.of("gs://bucket")));
        Object value = resolved.get(key(option));
        assertThat(((Enum<?>) value).getDeclaringClass().getEnumConstants())
            .hasSize(option.choices().size());
      }
    }
    assertThat(
            Stream.of(SettingOption.values())
                .filter(option -> !option.choices().isEmpty())
                .map(SettingOption::key)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("engine", "combine", "order", "after", "short-control-video");
  }
}
