package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a server says of its node classes at {@code GET /object_info}. Immutable. */
public final class ObjectInfo {
  static final LocatedTree.Form FORM =
      new LocatedTree.Form(
          Trees.JSON,
          "JSON",
          "the server's object_info",
          "ask the server again",
          "check that the address is a ComfyUI server's");

  private final Map<String, NodeClass> classes;
  private final Set<String> madeTypes;

  private ObjectInfo(Map<String, NodeClass> classes) {
    this.classes = Collections.unmodifiableMap(classes);
    this.madeTypes =
        classes.values().stream()
            .flatMap(nodeClass -> nodeClass.outputs().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads the answer; what it does not understand of a class it leaves out.
   *
   * @param source names the answer in problems, such as its address
   */
  public static Reading<ObjectInfo> parse(String source, byte[] json) {
    try {
      JsonNode tree = Trees.JSON.readTree(json);
      return tree.isObject() && !tree.isEmpty()
          ? new Reading.Good<>(of(tree))
          : Reading.bad(new Problem(source, FORM.whatItIs() + " is empty", "", FORM.remedy()));
    } catch (JacksonException e) {
      return Reading.bad(
          LocatedTree.notParsed(source, FORM, e.getOriginalMessage(), e.getLocation()));
    }
  }

  /** From a parsed answer. */
  public static ObjectInfo of(JsonNode json) {
    Map<String, NodeClass> classes = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> classes.put(entry.getKey(), NodeClass.of(entry.getKey(), entry.getValue())));
    return new ObjectInfo(classes);
  }

  public Optional<NodeClass> nodeClass(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  public Set<String> names() {
    return classes.keySet();
  }

  /** Whether some class makes values of this type, so that an input of it wants a link. */
  boolean isMade(String type) {
    return madeTypes.contains(type);
  }
}
