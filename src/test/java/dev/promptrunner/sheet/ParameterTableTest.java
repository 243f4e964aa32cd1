package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.result.Result;
import dev.promptrunner.sheet.ParameterTable.Kind;
import dev.promptrunner.sheet.ParameterTable.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTableTest {
  private static Parameter only(Result... results) {
    List<Parameter> table = ParameterTable.of(List.of(results), Set.of());
    assertThat(table).hasSize(1);
    return table.getFirst();
  }

  private static Result with(Object value) {
    return Folders.done("r", Map.of("p", value));
  }

  @Test
  void what_is_the_same_everywhere_does_not_vary() {
    assertThat(only(with("euler"), with("euler")).varies()).isFalse();
    assertThat(only(with(3), with(new BigDecimal("3.00"))).varies()).isFalse();
    assertThat(only(with(0.0), with(new BigDecimal("0E-3"))).varies()).isFalse();
  }

  @Test
  void two_values_or_a_missing_one_vary() {
    assertThat(only(with(3), with(4)).varies()).isTrue();
    assertThat(only(with(3), with("3")).varies()).isTrue();
    assertThat(only(with(3), Folders.done("r", Map.of())).varies()).isTrue();
  }

  @Test
  void seeds_that_differ_in_their_last_digit_vary() {
    assertThat(only(with(9007199254740993L), with(9007199254740992L)).varies()).isTrue();
  }

  @Test
  void a_number_is_filtered_by_its_size_and_few_texts_by_ticking() {
    assertThat(only(with(3), with(2.5)).kind()).isEqualTo(Kind.NUMBER);
    assertThat(only(with("euler"), with("uni_pc")).kind()).isEqualTo(Kind.CHOICE);
    assertThat(only(with(true), with(false)).kind()).isEqualTo(Kind.CHOICE);
    assertThat(only(with(3), with("auto")).kind()).isEqualTo(Kind.CHOICE);
  }

  @Test
  void many_texts_are_searched() {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      results.add(with("prompt " + i));
    }
    assertThat(only(results.toArray(Result[]::new)).kind()).isEqualTo(Kind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "low_seed", "noise_seed", "sampler_noise_seed_2"})
  void a_seed_is_known_by_its_name(String name) {
    List<Result> results = List.of(Folders.done("a", Map.of(name, 5)));
    assertThat(ParameterTable.of(results, Set.of()).getFirst().kind()).isEqualTo(Kind.SEED);
  }

  @Test
  void a_seed_is_known_by_the_sweep_file() {
    List<Result> results = List.of(Folders.done("a", Map.of("dice", 5, "seedling", 5)));
    assertThat(ParameterTable.of(results, Set.of("dice")))
        .filteredOn(parameter -> parameter.kind() == Kind.SEED)
        .extracting(Parameter::name)
        .containsExactly("dice");
  }

  @Test
  void numbers_are_listed_by_size_and_once() {
    assertThat(only(with(10), with(9), with(9.0), with(2.5)).values())
        .extracting(value -> value.asDecimal().toPlainString())
        .containsExactly("2.5", "9", "10");
  }
}
