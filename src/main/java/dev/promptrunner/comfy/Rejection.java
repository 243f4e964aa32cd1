package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a workflow was not taken, with everything that was wrong in it.
 *
 * @param type ComfyUI's word for the whole, such as {@code prompt_outputs_failed_validation}
 * @param message ComfyUI's sentence for it
 * @param nodes one entry for each thing wrong; never empty
 */
public record Rejection(String type, String message, List<NodeProblem> nodes) {
  /**
   * One thing wrong.
   *
   * @param nodeId empty when it concerns the workflow as a whole
   * @param title the node's title in the workflow, or empty
   * @param input the input's name, or empty
   * @param type ComfyUI's word for it, such as {@code value_not_in_list}
   * @param received the value that was sent, or empty
   * @param allowed what the server would have taken
   * @param suggestion the allowed value nearest to the received one
   * @param remedy what to do
   */
  public record NodeProblem(
      String nodeId,
      String className,
      String title,
      String input,
      String type,
      String message,
      String received,
      Allowed allowed,
      Optional<String> suggestion,
      String remedy) {
    /** The node as a person finds it: {@code node 4 (WanVideoModelLoader "High noise")}. */
    String where() {
      if (nodeId.isEmpty()) {
        return "workflow";
      }
      String name = title.isEmpty() || title.equals(className) ? "" : " \"" + title + "\"";
      String about = (className + name).strip();
      return "node " + nodeId + (about.isEmpty() ? "" : " (" + about + ")");
    }

    Problem problem() {
      String place = input.isEmpty() ? where() : where() + ", input " + input;
      String hint = suggestion.map(near -> "did you mean '" + near + "'? ").orElse("");
      return new Problem(place, message, received, hint + remedy);
    }
  }

  /** What an input takes. */
  public sealed interface Allowed {
    record Choices(List<String> values) implements Allowed {}

    /**
     * Numbers between two ends.
     *
     * @param min as the server writes it, or empty
     * @param max as the server writes it, or empty
     */
    record Range(String min, String max) implements Allowed {}

    /** The server did not say. */
    record Unsaid() implements Allowed {}
  }

  public Rejection {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a rejection names what is wrong: " + type);
    }
  }

  /** Each thing wrong in the form a user reads. */
  public List<Problem> problems() {
    return nodes.stream().map(NodeProblem::problem).toList();
  }

  /** All of it as one failure that is never tried again. */
  public Failure.Rejected failure(String attempted) {
    String found =
        problems().stream()
            .map(each -> each.where() + ": " + each.what() + quoted(each.found()))
            .collect(Collectors.joining("; "));
    String remedy = nodes.stream().map(this::remedy).distinct().collect(Collectors.joining("; "));
    return new Failure.Rejected(attempted, found, remedy);
  }

  /** With the node's id where there are several, to tell which one it is about. */
  private String remedy(NodeProblem node) {
    String remedy = node.problem().remedy();
    boolean several = nodes.size() > 1 && !node.nodeId().isEmpty();
    return several ? "node " + node.nodeId() + ": " + remedy : remedy;
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "" : " (found '" + value + "')";
  }
}
