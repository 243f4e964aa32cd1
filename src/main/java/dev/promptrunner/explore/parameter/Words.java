package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes titles, classes and file names apart into plain words of ASCII letters and digits. */
final class Words {
  private static final Pattern CAMEL =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern DIGITS_FIRST = Pattern.compile("\\d.*");

  /** What tells nodes of one kind apart, as people write it in titles. */
  private static final Map<String, String> SIDES =
      Map.ofEntries(
          Map.entry("high", "high"),
          Map.entry("low", "low"),
          Map.entry("base", "base"),
          Map.entry("refiner", "refiner"),
          Map.entry("first", "first"),
          Map.entry("start", "first"),
          Map.entry("second", "second"),
          Map.entry("last", "last"),
          Map.entry("end", "last"),
          Map.entry("reference", "reference"),
          Map.entry("ref", "reference"),
          Map.entry("control", "control"),
          Map.entry("mask", "mask"),
          Map.entry("depth", "depth"),
          Map.entry("pose", "pose"),
          Map.entry("canny", "canny"),
          Map.entry("style", "style"));

  /** Sides that stand in a name by themselves. */
  private static final Set<String> PLACES =
      Set.of("high", "low", "base", "refiner", "first", "start", "last", "end");

  /** "High resolution" and "low VRAM" speak of something else than the two experts of a model. */
  private static final Set<String> NOT_AFTER_A_SIDE =
      Set.of("res", "resolution", "quality", "mem", "memory", "vram", "poly", "detail", "details");

  /** Words that titles have without being told apart by them. */
  private static final Set<String> COMMON =
      Set.of(
          ("load loader select selector apply model only lora loras clip text encode encoder prompt"
               + " wan wanvideo video image images ksampler sampler sampling advanced upload vhs"
               + " the a an of for with and to in on from rgthree power easy cr kj comfyui custom"
               + " int integer float number string boolean constant primitive value literal"
               + " everywhere noise expert s simple stack diffusion controlnet control net node"
               + " file path audio frame picture input multiline flux sdxl sd pass")
              .split(" "));

  private Words() {}

  /** {@code KSamplerAdvanced} becomes k, sampler, advanced. */
  static List<String> of(String text) {
    String whole = text.replace("LoRA", "Lora");
    return Arrays.stream(CAMEL.matcher(whole).replaceAll(" ").split(NO_WORD.pattern()))
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** {@code high}, {@code low} and the like; empty when the text says none or several. */
  static Optional<String> side(String text, Set<String> sides) {
    Set<String> found = sides(text, sides);
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  /** Those of the given sides that a text names. */
  static Set<String> sides(String text, Set<String> sides) {
    List<String> words = of(text);
    Set<String> found = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      String side = SIDES.getOrDefault(words.get(i), "");
      if (sides.contains(side) && !NOT_AFTER_A_SIDE.contains(next)) {
        found.add(side);
      }
    }
    return found;
  }

  /** What a person has added to a title, in at most so many words. */
  static List<String> own(Node node, int most) {
    List<String> classWords = of(node.classType());
    return of(node.title()).stream()
        .filter(word -> word.length() > 1 && !DIGITS_FIRST.matcher(word).matches())
        .filter(word -> !COMMON.contains(word) && !classWords.contains(word))
        .filter(word -> !PLACES.contains(word))
        .distinct()
        .limit(most)
        .toList();
  }

  /** One name out of words; what both have where they meet is said once. */
  static List<String> join(List<String> first, List<String> second) {
    int shared = Math.min(first.size(), second.size());
    while (!first.subList(first.size() - shared, first.size()).equals(second.subList(0, shared))) {
      shared--;
    }
    List<String> joined = new ArrayList<>(first);
    joined.addAll(second.subList(shared, second.size()));
    return joined;
  }

  /** In {@code snake_case}; a name never begins with a digit and is never empty. */
  static String name(List<String> words) {
    String name = String.join("_", words);
    return name.isEmpty() || DIGITS_FIRST.matcher(name).matches() ? "n" + name : name;
  }
}
