package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a red fox, a_red_fox",
    "wan/2.2\\high, wan_2.2_high",
    "a~b, a_b",
    "../../etc, _._.._etc",
    "., _",
    "'', _",
    "'  ', _",
    ".hidden, _hidden",
    "'a: \"b\"*?<>|', a_b_",
    "'=SUM(A1)', =SUM_A1_",
    "7.5e-3, 7.5e-3",
    "色调, 色调",
    "🦊x, _x",
    "'a\nb\tc\u0000', a_b_c_",
  })
  void what_disks_and_servers_stumble_over_becomes_an_underscore(String text, String folder) {
    assertThat(RunNames.folder(text)).isEqualTo(folder);
  }

  /** With an ending, a counter and a temporary name it stays below what disks take, 255 bytes. */
  @Test
  void a_name_is_cut_to_what_disks_take_and_never_within_a_symbol() {
    for (String symbol : List.of("x", "é", "色", "\ud842\udfb7", "x\ud842\udfb7")) {
      String name = RunNames.folder("a" + symbol.repeat(200));
      assertThat(name.length()).isLessThanOrEqualTo(80);
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60, 200);
      assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(name);
    }
    assertThat(RunNames.folder("x".repeat(200))).hasSize(80);
  }

  @Test
  void any_text_becomes_the_name_of_one_visible_folder() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      int[] symbols = random.ints(random.nextInt(120), 0, 0x30000).toArray();
      String text = new String(symbols, 0, symbols.length);
      String name = RunNames.folder(text);
      assertThat(name).isNotEmpty().doesNotContain("/", "\\", "~", " ").doesNotStartWith(".");
      assertThat(RunNames.folder(name)).isEqualTo(name);
    }
  }

  @Test
  void numbers_have_three_digits_or_as_many_as_the_last_one() {
    assertThat(RunNames.padded(7, 8)).isEqualTo("007");
    assertThat(RunNames.padded(7, 999)).isEqualTo("007");
    assertThat(RunNames.padded(7, 1000)).isEqualTo("0007");
    assertThat(RunNames.padded(123456, 123456)).isEqualTo("123456");
  }

  @Test
  void an_unknown_field_is_told_with_the_nearest_or_with_all() {
    RunNames names = new RunNames("{indx}_{cfg}_{nothing}_{}", "s.yaml");
    assertThat(names.unknown(Set.of("cfg")))
        .map(Object::toString)
        .containsExactly(
            "s.yaml: run_name has an unknown field, found '{indx}': did you mean 'index'?",
            "s.yaml: run_name has an unknown field, found '{nothing}': use one of cfg, index,"
                + " sample, seed_index",
            "s.yaml: run_name has an unknown field, found '{}': use one of cfg, index, sample,"
                + " seed_index");
  }

  @Test
  void two_runs_of_one_name_are_refused_also_when_only_case_tells_them_apart() {
    List<String> texts = List.of("Fox", "wolf", "fox");
    assertThat(
            problems(
                new RunNames("\"{animal}\"", "s.yaml")
                    .names(3, i -> Map.of("animal", texts.get(i)))))
        .containsExactly(
            "s.yaml: run_name gives runs 1 and 3 the same name, found '_fox_': add {index}, as in"
                + " \"{index}_{animal}\"");
  }

  @Test
  void what_stands_in_a_value_is_no_field() {
    assertThat(
            new RunNames("{a}-{b}", "s.yaml")
                .names(1, _ -> Map.of("a", "{b}$1\\", "b", "x"))
                .orThrow())
        .containsExactly("_b_1_-x");
  }
}
