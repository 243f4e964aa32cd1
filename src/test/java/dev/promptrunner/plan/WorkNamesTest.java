package dev.promptrunner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.testing.Plans;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkNamesTest {
  private final WorkNames names = new WorkNames(Map.of(), List.of());

  @Test
  void the_first_keeps_the_videos_name_and_others_get_their_own() {
    assertThat(name("walk", "walk")).isEqualTo("walk");
    assertThat(name("rain", "walk")).isEqualTo("walk-rain");
    assertThat(name("Rain", "Walk")).isEqualTo("Walk-Rain-2");
  }

  @Test
  void what_a_disk_takes_as_a_prompt_files_name_is_made_fit_for_folders_and_prefixes() {
    name("walk", "walk");

    assertThat(name("a\nb\\c%width%\u202e", "walk")).isEqualTo("walk-a_b_c_width__");
  }

  @Test
  void with_the_longest_names_every_file_still_has_one_that_a_disk_takes() {
    String video = "v".repeat(100);
    String file = "\u4e00".repeat(80);
    name(file, video);

    String name = name(file, video);

    assertThat(name).startsWith(video + "-\u4e00");
    assertThat(Names.enhanced(name, 100).substring(Names.enhanced(name, 100).lastIndexOf('/') + 1))
        .satisfies(
            longest -> assertThat(longest.getBytes(StandardCharsets.UTF_8).length).isLessThan(200));
  }

  private String name(String file, String video) {
    return names.name(new WorkKey(Digest.of(file + video)), Plans.prompt(file, video, 100), 1);
  }
}
