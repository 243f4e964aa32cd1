package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final Duration FLOOR = Duration.ofMinutes(15);
  private static final Instant START = Instant.EPOCH;

  private final Silences silences = new Silences();

  @Test
  void the_first_job_has_the_floor() {
    assertThat(silences.patience("HIGH", FLOOR)).isEqualTo(FLOOR);
    assertThat(silences.blindPatience("HIGH", FLOOR)).isEqualTo(FLOOR);
  }

  @Test
  void four_times_the_longest_silence_of_its_kind_counts_when_it_is_more() {
    silences.learn("HIGH", Duration.ofMinutes(10), Duration.ofMinutes(50));
    silences.learn("HIGH", Duration.ofMinutes(1), Duration.ofMinutes(20));

    assertThat(silences.patience("HIGH", FLOOR)).isEqualTo(Duration.ofMinutes(40));
    assertThat(silences.blindPatience("HIGH", FLOOR)).isEqualTo(Duration.ofMinutes(200));
    assertThat(silences.patience("COMBINE", FLOOR)).isEqualTo(FLOOR);
  }

  @Test
  void a_job_stands_still_only_after_that_patience() throws Exception {
    silences.learn("HIGH", Duration.ofMinutes(10), Duration.ofMinutes(50));
    JobWatch watch =
        new JobWatch(
            "7",
            ComfySettings.Timeouts.DEFAULTS,
            new Follower.Kind("HIGH", silences).patience(ComfySettings.Timeouts.DEFAULTS),
            START);
    watch.progress(START.plus(Duration.ofMinutes(5)));

    assertThatCode(() -> watch.check(START.plus(Duration.ofMinutes(45)), true))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> watch.check(START.plus(Duration.ofMinutes(46)), true))
        .hasMessageContaining("no progress for 40 min, and it is not finished");
    assertThat(watch.longestSilence(START.plus(Duration.ofMinutes(7))))
        .isEqualTo(Duration.ofMinutes(5));
  }
}
