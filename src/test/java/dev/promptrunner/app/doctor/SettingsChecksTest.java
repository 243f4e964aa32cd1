package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.Sources;
import dev.promptrunner.pod.Ended;
import dev.promptrunner.pod.Permit;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.Probe;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:15Z");

  @TempDir Path folder;

  private Settings settings(Map<String, String> environment) throws Exception {
    return Settings.of(
        Resolver.resolve(new Sources(Map.of(), environment, Optional.empty(), folder, _ -> true)));
  }

  /** A pod whose provider tells this price. */
  private record Priced(OptionalDouble price) implements Pod {
    @Override
    public String describe() {
      return "RunPod pod abc";
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public Probe canStop() {
      return new Probe(true, "RunPod pod abc is RUNNING", price);
    }

    @Override
    public boolean keepsOnStop(Path path) {
      return true;
    }

    @Override
    public Ended end(Permit permit, Consumer<String> trouble) {
      throw new AssertionError("a look ends nothing");
    }
  }

  @Test
  void a_deadline_that_has_passed_is_a_problem() throws Exception {
    Settings past = settings(Map.of("PROMPT_RUNNER_DEADLINE", "2026-11-21T09:00:00Z"));
    assertThat(SettingsChecks.fit(past, false, NOW))
        .containsExactly(
            Finding.problem(
                Area.SETTINGS,
                "settings",
                "the deadline 2026-11-21T09:00:00Z has passed already: no run would start",
                "name a later one, a time of day (08:00), or a time from now (6h)"));
    Settings later = settings(Map.of("PROMPT_RUNNER_DEADLINE", "2026-11-21T10:00:00Z"));
    assertThat(SettingsChecks.fit(later, false, NOW))
        .containsExactly(Finding.ok(Area.SETTINGS, "settings", "fit together"));
  }

  @Test
  void a_budget_without_any_price_is_a_problem() throws Exception {
    Settings settings = settings(Map.of("PROMPT_RUNNER_BUDGET", "20"));
    assertThat(SettingsChecks.budget(settings, new Priced(OptionalDouble.empty())))
        .containsExactly(
            Finding.problem(
                Area.SETTINGS,
                "budget",
                "$20, but nobody says what this machine costs an hour (RunPod pod abc is RUNNING):"
                    + " no run would start",
                "set pod.price-per-hour, such as 0.69, or give a --deadline instead"));
  }

  @Test
  void a_budget_is_told_by_how_long_it_lasts_at_the_price_of_the_settings_or_the_provider()
      throws Exception {
    Pod pod = new Priced(OptionalDouble.of(0.5));
    assertThat(SettingsChecks.budget(settings(Map.of("PROMPT_RUNNER_BUDGET", "20")), pod))
        .containsExactly(Finding.ok(Area.SETTINGS, "budget", "$20 last 40.0 h at $0.50 an hour"));
    Settings own =
        settings(Map.of("PROMPT_RUNNER_BUDGET", "20", "PROMPT_RUNNER_POD_PRICE_PER_HOUR", "0.8"));
    assertThat(SettingsChecks.budget(own, pod))
        .containsExactly(Finding.ok(Area.SETTINGS, "budget", "$20 last 25.0 h at $0.80 an hour"));
    assertThat(SettingsChecks.budget(settings(Map.of()), pod)).isEmpty();
  }
}
