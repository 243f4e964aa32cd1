package dev.promptrunner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");

  @TempDir private Path folder;

  @Test
  void the_documented_file_is_a_good_one() throws Exception {
    String text = Files.readString(DOC);
    String file = text.substring(text.indexOf("```yaml\n") + 8, text.indexOf("\n```\n"));
    Resolved settings = new World(folder).file(file).resolve();

    assertThat(settings.get(Keys.PROMPT_FILES)).hasSize(2);
    assertThat(settings.get(Keys.COMFYUI_URL)).hasSize(2);
    assertThat(settings.get(Keys.DELIVER)).hasValue("gs://my-bucket/nights");
  }

  @Test
  void the_documentation_has_exactly_the_settings_that_exist() throws IOException {
    List<String> table =
        Files.readAllLines(DOC).stream()
            .dropWhile(line -> !line.startsWith("| setting |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(table)
        .as(
            "the table of %s; replace it by these lines:%n%s",
            DOC, String.join("\n", SettingsTable.lines()))
        .isEqualTo(SettingsTable.lines());
  }
}
