package dev.promptrunner.config;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a run may use up before it ends itself.
 *
 * @param budget in dollars, more than 0
 */
public record LimitsConfig(Optional<Deadline> deadline, Optional<BigDecimal> budget) {
  /** Whether there is any limit. */
  public boolean any() {
    return deadline.isPresent() || budget.isPresent();
  }

  static LimitsConfig of(Resolved settings) {
    return new LimitsConfig(settings.get(Keys.DEADLINE), settings.get(Keys.BUDGET));
  }
}
