package dev.promptrunner.sheet.ranking;

/**
 * How far a parameter and a measure go together.
 *
 * @param kind what the strength says
 * @param strength by its kind; never NaN
 * @param runs how many runs it is computed from, ≥ 3
 */
public record Correlation(String parameter, String measure, Kind kind, double strength, int runs) {
  /** What a strength says. */
  public enum Kind {
    /** Spearman's ρ of a number, −1 … 1: 1 when more of the parameter always means more. */
    ORDER,
    /** The correlation ratio η of a choice, 0 … 1: 1 when it decides the order alone. */
    CHOICE
  }
}
