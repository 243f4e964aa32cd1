package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRuleTest {
  @ParameterizedTest
  @CsvSource({
    "4n+1,100,101,97",
    "4n+1,96,97,93",
    "4n+1,97,97,97",
    "4n+1,1,1,1",
    "8n,9,16,8",
    "n,7,7,7"
  })
  void asks_for_enough_and_knows_what_comes(String rule, int frames, int ask, int delivered) {
    FrameRule read = FrameRule.parse(rule).orElseThrow();
    assertThat(read.ask(frames)).isEqualTo(ask);
    assertThat(read.delivered(frames)).isEqualTo(delivered);
    assertThat(read).hasToString(rule);
  }

  @Test
  void what_is_asked_for_is_always_delivered_and_never_a_step_too_much() {
    for (int step = 1; step <= 9; step++) {
      for (int rest = 0; rest <= step; rest++) {
        FrameRule rule = new FrameRule(step, rest);
        for (int frames = Math.max(1, rest); frames < 60; frames++) {
          int asked = rule.ask(frames);
          assertThat(rule.delivered(asked)).isEqualTo(asked).isBetween(frames, frames + step - 1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "4n-1", "0n+1", "4n+5", "n+n", "4m+1"})
  void refuses_other_forms(String text) {
    assertThat(FrameRule.parse(text)).isEmpty();
  }

  @Test
  void refuses_a_rule_that_renders_nothing() {
    assertThatThrownBy(() -> new FrameRule(0, 0)).hasMessage("not a frame rule: 0n+0");
  }
}
