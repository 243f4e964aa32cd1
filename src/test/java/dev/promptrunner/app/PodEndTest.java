package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.promptrunner.pod.Evidence;
import dev.promptrunner.pod.PodStopper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PodEndTest {
  private static final Evidence NOTHING = new Evidence.NothingToDeliver(0, 0);

  private final PodStopper stopper = mock(PodStopper.class);
  private final PodEnd end = new PodEnd();
  private final List<String> told = new ArrayList<>();

  private void end(int ownCode) throws Exception {
    end.end(stopper, NOTHING, ownCode, () -> told.add("unsure"));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "4,4", "5,5"})
  void a_signal_ends_the_trying_with_the_runs_own_code_or_1(int ownCode, int code)
      throws Exception {
    when(stopper.endAfter(any()))
        .thenAnswer(
            _ -> {
              end.giveUp();
              new java.util.concurrent.CountDownLatch(1).await();
              return null;
            });

    end(ownCode);

    assertThat(told).containsExactly("unsure");
    assertThat(end.code()).hasValue(code);
  }

  @Test
  void the_code_of_a_signal_is_open_before_and_the_runs_own_after() throws Exception {
    assertThat(end.code()).isEmpty();
    end.giveUp();

    end(5);

    assertThat(end.code()).hasValue(5);
    assertThat(told).isEmpty();
  }

  @Test
  void an_interrupt_of_somebody_else_is_passed_on() throws Exception {
    when(stopper.endAfter(any())).thenThrow(new InterruptedException("somebody"));

    assertThatThrownBy(() -> end(0)).hasMessage("somebody");
    assertThat(told).isEmpty();
  }
}
