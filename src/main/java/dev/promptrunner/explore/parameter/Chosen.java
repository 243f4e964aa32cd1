package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The sensible few to begin with: at most two things to explore, and the seed. */
final class Chosen {
  private static final int EXPLORED = 2;

  /** What changes a picture most, and is most often not right yet, first. */
  private static final List<String> ORDER =
      List.of("cfg", "guidance", "denoise", "lora", "strength", "shift", "steps", "cfg_scale");

  private Chosen() {}

  /**
   * Of all parameters.
   *
   * @param led the names of those that follow others
   */
  static Set<Parameter> of(Parameters all, Set<String> led) {
    Set<Parameter> chosen = new LinkedHashSet<>();
    Set<Integer> kinds = new HashSet<>();
    all.all().stream()
        .filter(one -> !led.contains(one.name()) && rank(all, one) < ORDER.size())
        .sorted(Comparator.comparingInt(one -> rank(all, one)))
        .filter(one -> kinds.add(rank(all, one)))
        .limit(EXPLORED)
        .forEach(chosen::add);
    first(all, one -> one.type() == ParameterType.SEED && !led.contains(one.name()))
        .ifPresent(chosen::add);
    if (chosen.isEmpty()) {
      lastResort(all).ifPresent(chosen::add);
    }
    return chosen;
  }

  /** A file with nothing to explore could not run. */
  private static Optional<Parameter> lastResort(Parameters all) {
    return first(all, one -> Suggestion.of(all, one).isPresent())
        .or(() -> first(all, one -> one.type() == ParameterType.TEXT))
        .or(() -> first(all, one -> true));
  }

  /** The place in the order; beyond it for what is not explored unless somebody asks for it. */
  private static int rank(Parameters all, Parameter parameter) {
    boolean sure = !parameter.guessed() && parameter.type().hasRange();
    if (!sure || Suggestion.of(all, parameter).isEmpty() || isDistilled(all, parameter)) {
      return ORDER.size();
    }
    int place = ORDER.indexOf(kind(all, parameter));
    return place < 0 ? ORDER.size() : place;
  }

  /** A guidance of 1, or little more, is of a model that was made for it. */
  private static boolean isDistilled(Parameters all, Parameter parameter) {
    return all.purpose(parameter).field().equals("cfg")
        && parameter.number().filter(now -> now.compareTo(BigDecimal.TWO) < 0).isPresent();
  }

  private static String kind(Parameters all, Parameter parameter) {
    Graph.Use purpose = all.purpose(parameter);
    boolean lora = Kind.of(purpose.node().classType()).label().contains("lora");
    return lora ? "lora" : purpose.field();
  }

  private static Optional<Parameter> first(Parameters all, Predicate<Parameter> wanted) {
    return all.all().stream().filter(wanted).findFirst();
  }
}
