package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void finds_a_slip_of_the_pen_in_any_case() {
    List<String> names = List.of("frames", "start_frame", "frame_rate", "seed");
    assertThat(Nearest.to("frame", names)).contains("frames");
    assertThat(Nearest.to("FRAMERATE", names)).contains("frame_rate");
    assertThat(Nearest.to("sede", names)).contains("seed");
    assertThat(Nearest.to("sed", names)).contains("seed");
  }

  @Test
  void is_silent_when_nothing_is_near() {
    assertThat(Nearest.to("banana", List.of("seed", "frames"))).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
    assertThat(Nearest.hint("banana", List.of("seed"), "look it up")).isEqualTo("look it up");
  }
}
