package dev.promptrunner.base;

import java.util.Locale;

/** Amounts of money as a person reads them. */
public final class Dollars {
  private Dollars() {}

  /** {@code $4.05}; below ten cents with four digits: {@code $0.0042}. */
  public static String text(double dollars) {
    return String.format(Locale.ROOT, Math.abs(dollars) < 0.095 ? "$%.4f" : "$%.2f", dollars);
  }
}
