package dev.promptrunner.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.promptrunner.base.Problem;
import dev.promptrunner.prompt.PromptParser.Parsed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptParserTest {
  private static final String GOOD = "walk\n\n500\n\nA man walks.\n\nblurry\n";
  private static final PromptFile.Lines LINES = new PromptFile.Lines(1, 3);
  private static final String FRAMES_RULE =
      "walk.txt:3: the number of frames must be a whole number from 1 to 1000000, found '";
  private static final String SAVE_AS_UTF8 =
      "save the file as UTF-8 (in Notepad: Save as, Encoding, UTF-8), or convert it: iconv -f ";

  @Test
  void reads_the_four_parts() {
    assertThat(parse(GOOD))
        .isEqualTo(new Parsed.Good("walk", 500, "A man walks.", "blurry", LINES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFwalk\n\n500\n\nA man walks.\n\nblurry",
        "walk\r\n\r\n500\r\n\r\nA man walks.\r\n\r\nblurry\r\n",
        "walk\r\r500\r\rA man walks.\r\rblurry",
        "\n\n walk \n\n\n\n500\t\n \u3000\n\u00A0\nA man walks.  \n\t\n\n\nblurry  \n\n\n",
        "walk.mp4\n\n0500\n\nA man walks.\n\nblurry",
        "WALK.MP4\n\n500\n\nA man walks.\n\nblurry",
        "walk.WebM\n\n500\n\nA man walks.\n\nblurry"
      })
  void forgives_what_editors_and_people_do(String text) {
    assertThat(parse(text))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(Parsed.Good.class))
        .satisfies(
            good -> {
              assertThat(good.videoName()).isEqualToIgnoringCase("walk");
              assertThat(good.frames()).isEqualTo(500);
              assertThat(good.positive()).isEqualTo("A man walks.");
              assertThat(good.negative()).isEqualTo("blurry");
            });
  }

  @Test
  void keeps_empty_lines_inside_the_positive_prompt() {
    assertThat(parse("walk\n\n500\n\none  \ntwo\n \n\n  three\n\nfour\n\n色调艳丽，过曝\n最差质量\n"))
        .isEqualTo(
            new Parsed.Good("walk", 500, "one\ntwo\n\n\n  three\n\nfour", "色调艳丽，过曝\n最差质量", LINES));
  }

  @Test
  void remembers_where_name_and_frames_stand() {
    assertThat(parse("\n\nwalk\n\n\n\n500\n\nA man walks.\n\nblurry"))
        .isEqualTo(
            new Parsed.Good("walk", 500, "A man walks.", "blurry", new PromptFile.Lines(3, 7)));
  }

  @Test
  void takes_a_dash_for_a_negative_prompt_of_nothing() {
    assertThat(parse("walk\n\n500\n\nA man walks.\n\n-\n"))
        .isEqualTo(new Parsed.Good("walk", 500, "A man walks.", "", LINES));
  }

  @Test
  void keeps_dots_spaces_and_other_scripts_in_a_video_name() {
    assertThat(parse("走路 v1.2 final.mov\n\n1\n\np\n\nn"))
        .isEqualTo(new Parsed.Good("走路 v1.2 final", 1, "p", "n", LINES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc|write plain digits, such as 500",
        "0|write plain digits, such as 500",
        "-5|write plain digits, such as 500",
        "1e9|write plain digits, such as 500",
        "12.5|write plain digits, such as 500",
        "1000001|write plain digits, such as 500",
        "99999999999999999999|write plain digits, such as 500",
        "1_000|write 1000",
        "1,000|write 1000",
        "500 frames|write 500",
        "５００|write plain digits, such as 500"
      })
  void refuses_a_number_of_frames(String frames, String remedy) {
    assertThat(problems("walk\n\n" + frames + "\n\np\n\nn"))
        .isEqualTo(FRAMES_RULE + frames + "': " + remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../walk|is a path|../walk|write walk and put the video beside the prompt file",
        "/etc/passwd|is a path|/etc/passwd|write passwd and put the video beside the prompt file",
        "C:\\v\\walk.mp4|is a path|C:\\v\\walk.mp4|write walk and put the video beside the prompt"
            + " file",
        "a/..|is a path|a/..|write its base name, such as walk and put the video beside the prompt"
            + " file",
        "..|is empty or starts with a dot|..|write a name such as walk",
        ".mp4|is empty or starts with a dot|.mp4|write a name such as walk",
        "w\u202Ealk|holds an invisible character|w\uFFFDalk|type the name again",
        "w\talk|holds an invisible character|w\uFFFDalk|type the name again",
        "%width%|holds a %, which servers replace|%width%|rename the video without it"
      })
  void refuses_a_video_name_that_is_not_one_plain_name(
      String name, String what, String found, String remedy) {
    assertThat(problems(name + "\n\n500\n\np\n\nn"))
        .isEqualTo("walk.txt:1: the video name " + what + ", found '" + found + "': " + remedy);
  }

  @Test
  void refuses_a_video_name_too_long_for_a_file_name() {
    assertThat(problems("走".repeat(34) + "\n\n500\n\np\n\nn"))
        .isEqualTo(
            "walk.txt:1: the video name takes 102 bytes, more than 100, found '"
                + "走".repeat(34)
                + "': give the video a shorter name");
  }

  @Test
  void three_parts_say_how_to_write_a_fourth_of_nothing() {
    assertThat(problems("walk\n\n500\n\n\nA man walks.\n"))
        .isEqualTo(
            "walk.txt:6: a prompt file has four parts separated by empty lines: video name, number"
                + " of frames, positive prompt, negative prompt, found '3 parts': add what is"
                + " missing; to have no negative prompt write - as the last part");
  }

  @Test
  void a_forgotten_empty_line_is_named_where_it_is_missing() {
    assertThat(problems("walk\n500\n\np\n\nn"))
        .isEqualTo(
            "walk.txt:2: the video name must stand alone, with an empty line after it, found '500':"
                + " put an empty line before this line");
    assertThat(problems("walk\n\n500\nA man walks.\n\nn"))
        .isEqualTo(
            "walk.txt:4: the number of frames must stand alone, with an empty line after it, found"
                + " 'A man walks.': put an empty line before this line");
  }

  @Test
  void all_problems_of_a_file_are_told_together() {
    assertThat(problems("\n../walk\n\nmany\n\np").lines())
        .containsExactly(
            "walk.txt:2: the video name is a path, found '../walk': write walk and put the video"
                + " beside the prompt file",
            "walk.txt:4: the number of frames must be a whole number from 1 to 1000000, found"
                + " 'many': write plain digits, such as 500",
            "walk.txt:6: a prompt file has four parts separated by empty lines: video name, number"
                + " of frames, positive prompt, negative prompt, found '3 parts': add what is"
                + " missing; to have no negative prompt write - as the last part");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n  \n", "\uFEFF", " \u00A0\u3000\r\n\u200B"})
  void refuses_a_file_of_nothing(String text) {
    assertThat(problems(text))
        .isEqualTo(
            "walk.txt:1: the prompt file is empty: write four parts separated by empty lines: video"
                + " name, number of frames, positive prompt, negative prompt");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16,UTF-16", "UTF-16LE,UTF-16LE", "UTF-16BE,UTF-16BE", "UTF-32LE,UTF-32"})
  void tells_other_unicode_from_noise(String charset, String told) {
    String text = charset.equals("UTF-32LE") ? "\uFEFF" + GOOD : GOOD;
    assertThat(problems(text.getBytes(Charset.forName(charset))))
        .isEqualTo(
            "walk.txt:1: the text is not UTF-8, found '%s': %s%s -t UTF-8"
                .formatted(told, SAVE_AS_UTF8, told));
  }

  @Test
  void names_the_line_where_the_text_stops_being_utf_8() {
    byte[] bytes = "walk\r\n\r\n500\r\rcafé\n\nn".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(problems(bytes))
        .isEqualTo(
            "walk.txt:5: the text is not UTF-8, found 'byte 0xE9': save the file as UTF-8, or"
                + " convert it: iconv -f GB18030 -t UTF-8 (Chinese) or iconv -f WINDOWS-1252 -t"
                + " UTF-8 (Western)");
    assertThat(problems(Arrays.copyOf("走".getBytes(StandardCharsets.UTF_8), 2)))
        .startsWith("walk.txt:1: the text is not UTF-8, found 'byte 0xE8'");
  }

  @Test
  void refuses_a_binary_file() {
    assertThat(problems(new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 0, 0}))
        .isEqualTo(
            "walk.txt:1: this is not a text file, found 'NUL bytes': give a prompt file: UTF-8"
                + " text");
    assertThat(problems("walk\n\n500\n\np\u0007\n\nn"))
        .isEqualTo(
            "walk.txt:5: the line holds a control character, found 'U+0007': delete it, or save the"
                + " file again as plain text");
  }

  @Test
  void a_line_of_a_million_blanks_takes_no_time() {
    String blanks = " ".repeat(450_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(problems("a" + blanks + "b\n\n1" + blanks + "x\n\np\n\nn").lines())
                .hasSize(2));
  }

  @Test
  void never_throws_and_always_gives_a_file_or_a_problem() {
    for (int seed = 0; seed < 20_000; seed++) {
      byte[] bytes = mutated(new Random(seed));
      Parsed parsed = PromptParser.parse("f.txt", bytes);
      switch (parsed) {
        case Parsed.Bad(var problems) -> assertThat(problems).as("seed %d", seed).isNotEmpty();
        case Parsed.Good good -> {
          assertThat(good.frames()).as("seed %d", seed).isBetween(1, 1_000_000);
          assertThat(good.videoName()).as("seed %d", seed).doesNotContain("/", "\\", "\0", "\n");
          assertThat(good.videoName()).as("seed %d", seed).isNotBlank();
          assertThat(good.positive()).as("seed %d", seed).isNotBlank();
        }
      }
    }
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int changes = random.nextInt(12); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, at + 1);
            case 1 -> inserted(bytes, at, new byte[] {(byte) random.nextInt(256)});
            case 2 ->
                inserted(bytes, at, ODDITIES[random.nextInt(ODDITIES.length)].getBytes(UTF_8));
            default -> {
              bytes[at] = (byte) random.nextInt(256);
              yield bytes;
            }
          };
    }
    return random.nextInt(20) == 0 ? new byte[0] : bytes;
  }

  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final String[] ODDITIES = {
    "\r\n", "\r", "\n\n", "\uFEFF", "\u200B", "\u3000", "/", "..", ".mp4", "\0", "-", "9", "走", "%",
    "😀"
  };

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    byte[] result = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(bytes, at, result, at + more.length, bytes.length - at);
    System.arraycopy(more, 0, result, at, more.length);
    return result;
  }

  private static Parsed parse(String text) {
    return PromptParser.parse("walk.txt", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String problems(String text) {
    return problems(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String problems(byte[] bytes) {
    return switch (PromptParser.parse("walk.txt", bytes)) {
      case Parsed.Bad(var problems) ->
          String.join("\n", problems.stream().map(Problem::toString).toList());
      case Parsed.Good good -> "no problem: " + good;
    };
  }
}
