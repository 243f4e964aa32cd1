package dev.promptrunner.explore.parameter;

/**
 * Where a parameter stands in its workflow.
 *
 * @param node the id, such as {@code 54}, or {@code 309:298} inside a group
 * @param title what the editor shows for the node
 * @param classType what the node does, such as {@code KSampler}
 * @param field the name of the input
 */
public record Place(String node, String title, String classType, String field) {
  /** {@code nodes.91.inputs.strength_model}. */
  public String path() {
    return path(node, field);
  }

  static String path(String node, String field) {
    return "nodes." + node + ".inputs." + field;
  }
}
