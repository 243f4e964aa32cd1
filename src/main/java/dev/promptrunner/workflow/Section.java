package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One mapping of a recipe while it is being read. Each question notes its key as known and reports
 * a wrong value at its line; what a caller gets then is a stand-in, because the whole reading is
 * bad. One use, one thread.
 */
final class Section {
  private final LocatedTree tree;
  private final String path;
  private final JsonNode json;
  private final List<Problem> problems;
  private final Set<String> known = new TreeSet<>();

  private Section(LocatedTree tree, String path, JsonNode json, List<Problem> problems) {
    this.tree = tree;
    this.path = path;
    this.json = json;
    this.problems = problems;
  }

  static Section root(LocatedTree tree, List<Problem> problems) {
    Section root = new Section(tree, "", tree.root(), problems);
    root.isMapping();
    return root;
  }

  /** False, and reported, when something else stands here. */
  boolean isMapping() {
    if (!json.isObject() && !json.isMissingNode()) {
      problem("here must stand keys and values", json.toString(), "write key: value lines");
    }
    return json.isObject();
  }

  Section section(String key) {
    known.add(key);
    if (!json.has(key)) {
      problems.add(new Problem(where(), "the section " + key + " is missing", "", "add " + key));
    }
    Section section = new Section(tree, path + "/" + key, json.path(key), problems);
    section.isMapping();
    return section;
  }

  /** The mappings of a list; none when the key is absent. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < elements(key).size(); i++) {
      String inner = path + "/" + key + "/" + i;
      sections.add(new Section(tree, inner, elements(key).get(i), problems));
    }
    return sections;
  }

  boolean has(String key) {
    known.add(key);
    return json.has(key);
  }

  JsonNode value(String key) {
    known.add(key);
    return json.path(key);
  }

  /** Text, or a number as text: ids of nodes look like numbers. */
  Optional<String> text(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (value.isContainer() || value.isNull() || value.asString().isBlank()) {
      wrong(key, "must be text", value);
    }
    return Optional.of(value.asString(""));
  }

  String requiredText(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty() && json.isObject()) {
      problem(key + " is missing", "", "add " + key + ": …");
    }
    return text.orElse("");
  }

  List<PassRecipe.Placed<String>> texts(String key) {
    List<PassRecipe.Placed<String>> texts = new ArrayList<>();
    for (int i = 0; i < elements(key).size(); i++) {
      texts.add(
          new PassRecipe.Placed<>(
              elements(key).get(i).asString(""), tree.where(path + "/" + key + "/" + i)));
    }
    return texts;
  }

  int number(String key, int least, int most) {
    JsonNode value = value(key);
    boolean right =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= least
            && value.intValue() <= most;
    if (!right && json.isObject()) {
      wrong(key, "must be a whole number from " + least + " to " + most, value);
    }
    return right ? value.intValue() : least;
  }

  /** To be called last: what no one asked for is a slip of the pen. */
  void refuseUnknownKeys() {
    for (String key : json.propertyNames()) {
      if (!known.contains(key)) {
        String keys = "known keys: " + String.join(", ", known);
        problems.add(
            new Problem(
                tree.where(path + "/" + key), "unknown key", key, Nearest.hint(key, known, keys)));
      }
    }
  }

  void wrong(String key, String what, JsonNode found) {
    String shown = found.isMissingNode() ? "nothing" : found.asString(found.toString());
    problems.add(
        new Problem(
            tree.where(path + "/" + key), key + " " + what, shown, "correct it in the recipe"));
  }

  void problem(String what, String found, String remedy) {
    problems.add(new Problem(where(), what, found, remedy));
  }

  /** {@code file:line} of this section. */
  String where() {
    return tree.where(path);
  }

  private List<JsonNode> elements(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      return List.of(value);
    }
    return List.copyOf(value.values());
  }
}
