package dev.promptrunner.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("overlap", "output", "order", "comfyui.url");

  @Test
  void finds_the_name_that_was_meant() {
    assertThat(Nearest.to("overlapp", KNOWN)).hasValue("overlap");
    assertThat(Nearest.to("ouput", KNOWN)).hasValue("output");
    assertThat(Nearest.to("COMFYUI_URL", KNOWN)).hasValue("comfyui.url");
  }

  @Test
  void letters_that_changed_places_count_once() {
    assertThat(Nearest.to("rnu", List.of("run", "why"))).hasValue("run");
    assertThat(Nearest.to("wvae", List.of("adjacent", "wave"))).hasValue("wave");
  }

  @Test
  void finds_nothing_when_nothing_is_alike() {
    assertThat(Nearest.to("colour", KNOWN)).isEmpty();
    assertThat(Nearest.to("overlap", List.of())).isEmpty();
  }
}
