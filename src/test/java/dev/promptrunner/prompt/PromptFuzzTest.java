package dev.promptrunner.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptFuzzTest {
  private static final List<byte[]> CORPUS =
      List.of(
          utf8("walk\n\n500\n\na man walks\n\nblur\n"),
          utf8("\ufeffwalk.MP4\r\n\r\n\r\n81  \r\n\r\n一个人在走路\r\n\r\nin the rain\r\n\r\n-\r\n"),
          utf8("a\n\n1\n\nb\n\nc\n\nd\n\ne"),
          "w\u00e4lk\n\n100\n\nx\n\ny".getBytes(StandardCharsets.UTF_16));

  @Test
  void a_prompt_file_is_read_or_refused_with_problems_and_its_name_stays_in_its_folder() {
    Fuzz.run("prompt", CORPUS, PromptFuzzTest::check);
  }

  private static void check(byte[] input) {
    switch (PromptParser.parse("walk.txt", input)) {
      case PromptParser.Parsed.Bad(var problems) -> assertThat(problems).isNotEmpty();
      case PromptParser.Parsed.Good good -> {
        assertThat(good.frames()).isPositive();
        assertThat(good.videoName()).isNotEmpty().doesNotContain("/", "\\", "\u0000", "%");
        assertThat(good.videoName()).doesNotStartWith(".");
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
