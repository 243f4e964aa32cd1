package dev.promptrunner.sheet.ranking;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What makes a run good.
 *
 * @param of by measure, in their order: above 0 when more of it is better, below 0 when less is;
 *     finite
 */
public record Weights(Map<String, Double> of) {
  /** All that is measured of a video. */
  public static final List<String> MEASURES =
      List.of(
          "sharpness",
          "motion",
          "flicker",
          "colour_drift",
          "seam",
          "black",
          "frozen",
          "ssim",
          "psnr");

  private static final String EXAMPLE = "write such as sharpness=2,flicker=-1";

  public Weights {
    of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
  }

  /**
   * For who gives none: a sharp picture without the faults. Motion is a matter of taste, and a
   * likeness to a reference of what it is for.
   */
  public static Weights usual() {
    Map<String, Double> of = new LinkedHashMap<>();
    of.put("sharpness", 1.0);
    for (String fault : List.of("flicker", "seam", "colour_drift", "black", "frozen")) {
      of.put(fault, -1.0);
    }
    return new Weights(of);
  }

  /**
   * Reads {@code sharpness=2,flicker=-1}.
   *
   * @param where the place that problems name, such as {@code --weights}
   * @param problems gets all that is wrong
   * @return what is right of it
   */
  public static Weights parse(String text, String where, List<Problem> problems) {
    Map<String, Double> of = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.split("=", -1);
      if (sides.length == 2) {
        put(of, sides[0].strip(), sides[1].strip(), where, problems);
      } else {
        problems.add(
            new Problem(where, "a weight is a measure, = and a number", part.strip(), EXAMPLE));
      }
    }
    return new Weights(of);
  }

  private static void put(
      Map<String, Double> of, String name, String number, String where, List<Problem> problems) {
    OptionalDouble weight = number(number);
    if (!MEASURES.contains(name)) {
      String known = "there are " + String.join(", ", MEASURES);
      problems.add(
          new Problem(where, "no such measure", name, Nearest.hint(name, MEASURES, known)));
    } else if (weight.isEmpty()) {
      problems.add(
          new Problem(where, "the weight of '" + name + "' is not a number", number, EXAMPLE));
    } else if (of.put(name, weight.getAsDouble()) != null) {
      problems.add(new Problem(where, "a measure has two weights", name, "give it one"));
    }
  }

  private static OptionalDouble number(String text) {
    // Double.parseDouble would take "1d", "NaN" and "0x1p3".
    return text.matches("[+-]?([0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
