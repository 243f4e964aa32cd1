package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.cli.Presses.Press;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PressesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // it may run over
  private final Presses presses = new Presses(nanos::get);

  @Test
  void a_signal_to_the_process_and_its_group_is_one_wish() {
    assertThat(presses.next()).isEqualTo(Press.FIRST);
    assertThat(presses.next()).isEqualTo(Press.ECHO);
    pass(299);
    assertThat(presses.next()).isEqualTo(Press.ECHO);
  }

  @Test
  void a_later_signal_is_a_second_wish_whatever_came_between() {
    presses.next();
    pass(200);
    presses.next();
    pass(100);

    assertThat(presses.next()).isEqualTo(Press.SECOND);
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
