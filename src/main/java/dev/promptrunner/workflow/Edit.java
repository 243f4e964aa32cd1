package dev.promptrunner.workflow;

/**
 * One change of a workflow, as data. It must find the node and the input that it names; when it
 * does not, the workflow is another than the edit was written for.
 */
public sealed interface Edit {
  /** The id of the node that is changed. */
  String node();

  /** The input that is changed. */
  String input();

  /** Writes a value in place of what stands there, be it a value or a link. */
  record Set(String node, String input, Template value) implements Edit {}

  /** Takes the input away, not the node. */
  record Remove(String node, String input) implements Edit {}

  /**
   * Lets the input read from a node.
   *
   * @param slot which output of {@code from}, from 0
   */
  record Link(String node, String input, String from, int slot) implements Edit {
    public Link {
      if (slot < 0) {
        throw new IllegalArgumentException("not a slot: " + slot);
      }
    }
  }
}
