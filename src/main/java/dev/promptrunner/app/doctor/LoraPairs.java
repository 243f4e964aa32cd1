package dev.promptrunner.app.doctor;

import dev.promptrunner.workflow.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two-pass models come with a LoRA for each pass, whose names differ in a word for high and low
 * alone. A pair that does not belong together renders without an error and looks wrong.
 */
final class LoraPairs {
  private static final String NAME = "LoRA pairs";

  private LoraPairs() {}

  static List<Finding> look(RecipeFiles files) {
    Map<String, String> high = of(files, Pass.HIGH);
    Map<String, String> low = of(files, Pass.LOW);
    List<Finding> findings = new ArrayList<>();
    int pairs = 0;
    for (Map.Entry<String, String> use : high.entrySet()) {
      Optional<String> other = Optional.ofNullable(low.get(use.getKey()));
      Optional<Finding> odd = odd(use.getKey(), use.getValue(), other);
      odd.ifPresent(findings::add);
      pairs += odd.isEmpty() ? 1 : 0;
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              Area.MODELS,
              NAME,
              high.isEmpty()
                  ? "the recipe loads no LoRA"
                  : "what HIGH and LOW load in %d places belongs together".formatted(pairs)));
    }
    return findings;
  }

  /** By node and input: the same place in both passes holds a pair. */
  private static Map<String, String> of(RecipeFiles files, Pass pass) {
    Map<String, String> uses = new TreeMap<>();
    files.models().stream()
        .filter(use -> use.pass() == pass && use.isLora())
        .forEach(use -> uses.put("node " + use.node() + ", " + use.input(), use.file()));
    return uses;
  }

  private static Optional<Finding> odd(String place, String high, Optional<String> low) {
    if (low.isEmpty()) {
      return warning(
          "HIGH loads '%s' (%s) and LOW none there".formatted(high, place),
          "give LOW its own in the recipe, unless the LoRA is for HIGH alone");
    }
    Side first = Side.of(high);
    Side second = Side.of(low.get());
    if (first == Side.LOW || second == Side.HIGH) {
      return warning(
          "HIGH loads '%s' and LOW '%s' (%s): by their names it is the other way round or twice the"
                  .formatted(high, low.get(), place)
              + " same side",
          "let each pass load its own side in the recipe");
    }
    return plain(high).equals(plain(low.get()))
        ? Optional.empty()
        : warning(
            "HIGH loads '%s' and LOW '%s' (%s), whose names differ in more than high and low"
                .formatted(high, low.get(), place),
            "see whether they were trained together; if so, this does no harm");
  }

  private static Optional<Finding> warning(String found, String remedy) {
    return Optional.of(Finding.warning(Area.MODELS, NAME, found, remedy));
  }

  private enum Side {
    HIGH,
    LOW,
    BOTH;

    static Side of(String file) {
      List<String> words = words(file);
      boolean high = words.stream().anyMatch(word -> word.matches(HIGH_WORD));
      boolean low = words.stream().anyMatch(word -> word.matches(LOW_WORD));
      return high == low ? BOTH : high ? HIGH : LOW;
    }
  }

  private static final String HIGH_WORD = "high|highnoise|hn|h";
  private static final String LOW_WORD = "low|lownoise|ln|l";

  private static List<String> plain(String file) {
    return words(file).stream().filter(word -> !word.matches(HIGH_WORD + "|" + LOW_WORD)).toList();
  }

  private static List<String> words(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    String parted = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    return List.of(parted.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
  }
}
