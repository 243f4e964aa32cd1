package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void the_numbers_are_those_of_the_design() {
    assertThat(Arrays.stream(ExitCode.values()).map(code -> code + "=" + code.code()))
        .containsExactly(
            "DELIVERED=0",
            "SOME_FAILED=1",
            "WRONG_USAGE=2",
            "BAD_INPUT=3",
            "SERVER_UNREACHABLE=4",
            "DELIVERY_FAILED=5",
            "CANCELLED=130");
  }

  @Test
  void a_lost_server_and_a_cancel_have_their_own_codes() {
    assertThat(ExitCode.of(new Failure.ServerLost("a", "f", "r")).code()).isEqualTo(4);
    assertThat(ExitCode.of(new Failure.Cancelled("a", "f", "r")).code()).isEqualTo(130);
    assertThat(ExitCode.of(new Failure.Rejected("a", "f", "r")).code()).isEqualTo(1);
  }
}
