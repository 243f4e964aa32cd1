package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One mapping of a file that a person wrote, while it is being read. Each question notes its key as
 * known and reports a wrong value at its line; what a caller gets then is a stand-in, because the
 * whole reading is bad. One use, one thread.
 */
public final class Section {
  private final LocatedTree tree;
  private final String whatItIs;
  private final String path;
  private final JsonNode json;
  private final List<Problem> problems;
  private final Set<String> known = new TreeSet<>();

  private Section(
      LocatedTree tree, String whatItIs, String path, JsonNode json, List<Problem> problems) {
    this.tree = tree;
    this.whatItIs = whatItIs;
    this.path = path;
    this.json = json;
    this.problems = problems;
  }

  /**
   * The whole file.
   *
   * @param whatItIs for remedies, such as {@code the recipe}
   * @param problems gets what is wrong
   */
  public static Section root(LocatedTree tree, String whatItIs, List<Problem> problems) {
    Section root = new Section(tree, whatItIs, "", tree.root(), problems);
    root.isMapping();
    return root;
  }

  /** False, and reported, when something else stands here. */
  public boolean isMapping() {
    if (!json.isObject() && !json.isMissingNode()) {
      problem("here must stand keys and values", json.toString(), "write key: value lines");
    }
    return json.isObject();
  }

  /** A mapping that must be there. */
  public Section section(String key) {
    known.add(key);
    if (!json.has(key)) {
      problems.add(new Problem(where(), "the section " + key + " is missing", "", "add " + key));
    }
    Section section = new Section(tree, whatItIs, path + "/" + key, json.path(key), problems);
    section.isMapping();
    return section;
  }

  /** The mappings of a list; none when the key is absent. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < elements(key).size(); i++) {
      String inner = path + "/" + key + "/" + i;
      sections.add(new Section(tree, whatItIs, inner, elements(key).get(i), problems));
    }
    return sections;
  }

  /** The mappings below this one by their keys, in the file's order; all are known then. */
  public Map<String, Section> children() {
    Map<String, Section> children = new LinkedHashMap<>();
    for (String key : json.propertyNames()) {
      known.add(key);
      Section child = new Section(tree, whatItIs, path + "/" + key, json.path(key), problems);
      child.isMapping();
      children.put(key, child);
    }
    return children;
  }

  public boolean has(String key) {
    known.add(key);
    return json.has(key);
  }

  /** What stands there, of whatever kind; missing when nothing does. */
  public JsonNode value(String key) {
    known.add(key);
    return json.path(key);
  }

  /** Text, or a number as text: ids of nodes look like numbers. */
  public Optional<String> text(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (value.isContainer() || value.isNull() || value.asString().isBlank()) {
      wrong(key, "must be text", value);
    }
    return Optional.of(value.asString(""));
  }

  /** Text that must be there; empty when it is not. */
  public String requiredText(String key) {
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

  /** A finite number; empty when the key is absent or has another value. */
  public Optional<BigDecimal> decimal(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!Trees.isFinite(value)) {
      wrong(key, "must be a number", value);
      return Optional.empty();
    }
    return Optional.of(value.decimalValue());
  }

  /** {@code true} or {@code false}; false when the key is absent. */
  public boolean flag(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      wrong(key, "must be true or false", value);
    }
    return value.asBoolean(false);
  }

  /** The elements of a list, or a single value as one; none when the key is absent. */
  public List<JsonNode> values(String key) {
    return elements(key);
  }

  public int number(String key, int least, int most) {
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
  public void refuseUnknownKeys() {
    for (String key : json.propertyNames()) {
      if (!known.contains(key)) {
        String keys = "known keys: " + String.join(", ", known);
        problems.add(
            new Problem(
                tree.where(path + "/" + key), "unknown key", key, Nearest.hint(key, known, keys)));
      }
    }
  }

  /** Reports a value that stands here. */
  public void wrong(String key, String what, JsonNode found) {
    String shown = found.isMissingNode() ? "nothing" : found.asString(found.toString());
    problems.add(
        new Problem(
            tree.where(path + "/" + key), key + " " + what, shown, "correct it in " + whatItIs));
  }

  /** Reports something about the whole mapping. */
  public void problem(String what, String found, String remedy) {
    problems.add(new Problem(where(), what, found, remedy));
  }

  /** {@code file:line} of this section. */
  public String where() {
    return tree.where(path);
  }

  /** {@code file:line} of a value in it. */
  public String where(String key) {
    return tree.where(path + "/" + key);
  }

  private List<JsonNode> elements(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      return List.of(value);
    }
    return List.copyOf(value.values());
  }
}
