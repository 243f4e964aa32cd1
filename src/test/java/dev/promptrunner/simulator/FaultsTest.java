package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void reads_kind_job_times_and_delay() {
    assertThat(Faults.parse("oom@3, drop-socket@2 slow@1:10s,500@7x3,slow@2:250ms").all())
        .containsExactly(
            new Fault(Fault.Kind.OOM, 3, 1, Duration.ZERO),
            new Fault(Fault.Kind.DROP_SOCKET, 2, 1, Duration.ZERO),
            new Fault(Fault.Kind.SLOW, 1, 1, Duration.ofSeconds(10)),
            new Fault(Fault.Kind.REFUSE, 7, 3, Duration.ZERO),
            new Fault(Fault.Kind.SLOW, 2, 1, Duration.ofMillis(250)));
  }

  @Test
  void knows_every_kind_by_its_word() {
    for (Fault.Kind kind : Fault.Kind.values()) {
      String delay = kind == Fault.Kind.SLOW ? ":1s" : "";
      assertThat(Faults.parse(kind.word() + "@4" + delay).at(kind, 4)).isPresent();
    }
  }

  @Test
  void strikes_as_many_jobs_in_a_row_as_it_says() {
    Faults faults = Faults.parse("hang@2x3");
    List<Boolean> struck =
        List.of(1, 2, 3, 4, 5).stream()
            .map(job -> faults.at(Fault.Kind.HANG, job).isPresent())
            .toList();
    assertThat(struck).containsExactly(false, true, true, true, false);
  }

  @Test
  void a_gpu_may_be_too_small_for_so_many_frames_from_some_job_on() {
    Faults faults = Faults.parse("oom>49@3,hang@2");

    assertThat(faults.lackMemory(49, 3)).isFalse();
    assertThat(faults.lackMemory(50, 2)).isFalse();
    assertThat(faults.lackMemory(50, 3)).isTrue();
    assertThat(Faults.parse("oom>9").lackMemory(13, 1)).isTrue();
    assertThat(Faults.problems("oom>0")).hasSize(1);
  }

  @Test
  void an_empty_script_is_no_fault() {
    assertThat(Faults.parse(" ")).isEqualTo(Faults.NONE);
  }

  @Test
  void reports_all_problems_together_with_what_to_write() {
    assertThatThrownBy(() -> Faults.parse("oom@0,boom@3,slow@2,hang@1:3s,oom@5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("faults: not a fault of the simulator, found 'oom@0': write KIND@JOB")
        .hasMessageContaining("found 'boom@3'")
        .hasMessageContaining("found 'slow@2'")
        .hasMessageContaining("found 'hang@1:3s'")
        .hasMessageContaining("oom, drop-socket, hang")
        .message()
        .doesNotContain("oom@5");
  }
}
