package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private static final Optional<BigInteger> DRAWN = Optional.empty();

  @Test
  void random_seeds_are_no_two_alike_and_of_all_that_every_node_takes() {
    List<BigInteger> seeds = Seeds.of(SeedMode.RANDOM, DRAWN, 10_000, 1);
    assertThat(seeds).doesNotHaveDuplicates();
    assertThat(seeds)
        .allSatisfy(seed -> assertThat(seed).isBetween(number("0"), number("4294967295")));
    assertThat(seeds.stream().filter(seed -> seed.testBit(31)).count()).isBetween(4800L, 5200L);
  }

  @Test
  void a_node_that_takes_greater_seeds_gets_the_same_ones() {
    assertThat(seeds(SeedMode.RANDOM, "0", "18446744073709551615", DRAWN).take(20, 7))
        .isEqualTo(seeds(SeedMode.RANDOM, "0", "4294967295", DRAWN).take(20, 7));
    assertThat(seeds(SeedMode.RANDOM, "5000000000", "18446744073709551615", DRAWN).take(1, 7))
        .allSatisfy(seed -> assertThat(seed).isGreaterThanOrEqualTo(number("5000000000")));
  }

  @Test
  void a_seed_of_the_drawing_gives_the_same_seeds_and_more_of_them_go_on() {
    for (SeedMode mode : SeedMode.values()) {
      List<BigInteger> few = Seeds.of(mode, DRAWN, 5, 7);
      assertThat(Seeds.of(mode, DRAWN, 50, 7)).startsWith(few.toArray(BigInteger[]::new));
      assertThat(Seeds.of(mode, DRAWN, 5, 8)).isNotEqualTo(few);
    }
  }

  @Test
  void random_seeds_keep_to_a_small_range_and_use_it_up_before_they_repeat() {
    Seeds seeds = seeds(SeedMode.RANDOM, "10", "14", DRAWN);
    List<BigInteger> taken = seeds.take(12, 3);
    assertThat(taken).allSatisfy(seed -> assertThat(seed).isBetween(number("10"), number("14")));
    assertThat(new HashSet<>(taken.subList(0, 5))).hasSize(5);
    assertThat(new HashSet<>(taken.subList(5, 10))).hasSize(5);
    assertThat(seeds(SeedMode.RANDOM, "3", "3", DRAWN).take(2, 3))
        .containsExactly(number("3"), number("3"));
  }

  @Test
  void counts_up_from_the_first_and_goes_on_at_the_least() {
    Optional<BigInteger> base = Optional.of(Seeds.GREATEST.subtract(BigInteger.ONE));
    assertThat(Seeds.of(SeedMode.INCREMENT, base, 4, 1))
        .containsExactly(
            number("18446744073709551614"),
            number("18446744073709551615"),
            number("0"),
            number("1"));
    assertThat(seeds(SeedMode.INCREMENT, "5", "7", Optional.of(number("6"))).take(4, 1))
        .containsExactly(number("6"), number("7"), number("5"), number("6"));
  }

  @Test
  void a_fixed_seed_stays() {
    assertThat(Seeds.of(SeedMode.FIXED, Optional.of(number("42")), 3, 1))
        .containsExactly(number("42"), number("42"), number("42"));
    assertThat(new HashSet<>(Seeds.of(SeedMode.FIXED, DRAWN, 3, 1))).hasSize(1);
    assertThat(Seeds.of(SeedMode.FIXED, DRAWN, 0, 1)).isEmpty();
  }

  @Test
  void refuses_seeds_that_no_sampler_takes() {
    assertThatThrownBy(() -> seeds(SeedMode.RANDOM, "0", "18446744073709551616", DRAWN))
        .hasMessage("not a range of seeds: 0 to 18446744073709551616");
    assertThatThrownBy(() -> seeds(SeedMode.FIXED, "0", "5", Optional.of(number("6"))))
        .hasMessage("the first seed 6 is not from 0 to 5");
  }

  private static Seeds seeds(
      SeedMode mode, String least, String greatest, Optional<BigInteger> base) {
    return new Seeds(mode, number(least), number(greatest), base);
  }

  private static BigInteger number(String digits) {
    return new BigInteger(digits);
  }
}
