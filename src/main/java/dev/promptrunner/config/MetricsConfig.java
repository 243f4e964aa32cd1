package dev.promptrunner.config;

import java.util.Optional;

/**
 * A run's numbers, and when they are bad enough to warn.
 *
 * @param port where Prometheus reads them, 0 … 65535, 0 for a free one; empty for nowhere
 * @param errorRate percentage of failed tries, 0 … 100; 0 never warns
 * @param idleShare percentage of time in which servers stood idle, 0 … 100; 0 never warns
 */
public record MetricsConfig(Optional<Integer> port, int errorRate, int idleShare) {
  static MetricsConfig of(Resolved settings) {
    return new MetricsConfig(
        settings.get(Keys.METRICS_PORT),
        settings.get(Keys.WARN_ERROR_RATE),
        settings.get(Keys.WARN_IDLE_SHARE));
  }
}
