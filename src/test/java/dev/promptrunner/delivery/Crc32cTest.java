package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc32cTest {
  @Test
  void is_castagnolis_polynomial_by_its_published_check_value() {
    Crc32c crc = Crc32c.of("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(crc.value()).isEqualTo(0xE3069283);
    assertThat(crc.base64()).isEqualTo("4waSgw==");
    assertThat(Crc32c.ofBase64("4waSgw==")).isEqualTo(crc);
  }

  @Test
  void of_two_stretches_joins_to_that_of_the_whole() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      byte[] whole = new byte[random.nextInt(300)];
      random.nextBytes(whole);
      int cut = random.nextInt(whole.length + 1);
      Crc32c first = Crc32c.of(Arrays.copyOf(whole, cut));
      Crc32c second = Crc32c.of(Arrays.copyOfRange(whole, cut, whole.length));

      assertThat(first.then(second, whole.length - cut)).isEqualTo(Crc32c.of(whole));
    }
  }

  @Test
  void of_nothing_changes_nothing() {
    Crc32c some = Crc32c.of(new byte[] {1, 2, 3});

    assertThat(Crc32c.EMPTY.then(some, 3)).isEqualTo(some);
    assertThat(some.then(Crc32c.EMPTY, 0)).isEqualTo(some);
  }

  @Test
  void refuses_a_text_of_another_length() {
    assertThatThrownBy(() -> Crc32c.ofBase64("4waS")).hasMessage("not a CRC32C in base64: '4waS'");
  }
}
