package dev.promptrunner.comfy;

import dev.promptrunner.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the answer to a workflow that was refused, whole or in part, in the shapes of ComfyUI
 * 0.3.64 and later.
 */
final class RejectionReader {
  private static final Pattern NO_SUCH_CLASS =
      Pattern.compile("because node (.+) does not exist|[Nn]ode '?([^']+?)'? not found");
  private static final int LONGEST = 2_000;
  private static final Pattern NODE_ID = Pattern.compile("Node ID '#?([^']*)'");

  private final JsonNode graph;
  private final ChoiceLookup choices;

  /** Asks the server what an input offers, where its answer left that out. */
  @FunctionalInterface
  interface ChoiceLookup {
    Rejection.Allowed of(String className, String input);
  }

  RejectionReader(JsonNode graph, ChoiceLookup choices) {
    this.graph = graph;
    this.choices = choices;
  }

  Rejection read(JsonNode answer) {
    JsonNode error = answer.path("error");
    String type = Json.text(error, "type").orElse("partly_refused");
    String message = Json.text(error, "message").orElse("Part of the workflow was refused");
    List<Rejection.NodeProblem> problems = nodeProblems(answer.path("node_errors"));
    if (problems.isEmpty()) {
      problems = List.of(whole(type, message, error));
    }
    return new Rejection(type, message, problems);
  }

  private List<Rejection.NodeProblem> nodeProblems(JsonNode nodeErrors) {
    List<Rejection.NodeProblem> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> node : nodeErrors.properties()) {
      String className = Json.string(node.getValue(), "class_type");
      for (JsonNode error : node.getValue().path("errors")) {
        problems.add(nodeProblem(node.getKey(), className, error));
      }
    }
    return problems;
  }

  private Rejection.NodeProblem nodeProblem(String nodeId, String className, JsonNode error) {
    JsonNode extra = error.path("extra_info");
    String type = Json.string(error, "type");
    String input = Json.string(extra, "input_name");
    String received =
        Json.text(extra, "received_value").orElse(Json.string(extra, "received_type"));
    Rejection.Allowed allowed = allowed(type, className, input, extra.path("input_config"));
    return new Rejection.NodeProblem(
        nodeId,
        className,
        title(nodeId),
        input,
        type,
        message(error),
        received,
        allowed,
        suggestion(received, allowed),
        Remedies.of(type, className, input, received, allowed));
  }

  /** The details repeat the input's name and value; they are the message where it is empty. */
  private static String message(JsonNode error) {
    String message = Json.string(error, "message");
    String details = Json.string(error, "details");
    boolean short_ = !details.isEmpty() && details.length() <= 120;
    return short_ && !details.contains(" not in ") ? message + " (" + details + ")" : message;
  }

  private Rejection.Allowed allowed(String type, String className, String input, JsonNode config) {
    return switch (type) {
      case "value_not_in_list" -> Choices.of(config).orElseGet(() -> choices.of(className, input));
      case "value_smaller_than_min", "value_bigger_than_max" -> range(config.path(1));
      default -> new Rejection.Allowed.Unsaid();
    };
  }

  private static Rejection.Allowed range(JsonNode options) {
    return new Rejection.Allowed.Range(Json.string(options, "min"), Json.string(options, "max"));
  }

  private static Optional<String> suggestion(String received, Rejection.Allowed allowed) {
    return switch (allowed) {
      case Rejection.Allowed.Choices(List<String> values) -> Nearest.to(received, values);
      case Rejection.Allowed.Range _, Rejection.Allowed.Unsaid _ -> Optional.empty();
    };
  }

  private String title(String nodeId) {
    return Json.string(graph.path(nodeId).path("_meta"), "title");
  }

  /** What concerns no input of a node: an unknown class, no outputs, a cycle. */
  private Rejection.NodeProblem whole(String type, String message, JsonNode error) {
    JsonNode extra = error.path("extra_info");
    String nodeId =
        Json.text(extra, "node_id").orElse(first(NODE_ID, Json.string(error, "details")));
    String className =
        Json.text(extra, "class_type")
            .or(() -> Optional.of(first(NO_SUCH_CLASS, message)).filter(name -> !name.isEmpty()))
            .orElse(Json.string(graph.path(nodeId), "class_type"));
    String title = Json.text(extra, "node_title").orElse(title(nodeId));
    return new Rejection.NodeProblem(
        nodeId,
        className,
        title,
        "",
        type,
        message,
        "",
        new Rejection.Allowed.Unsaid(),
        Optional.empty(),
        remedy(type, className));
  }

  private static String remedy(String type, String className) {
    return switch (type) {
      case "invalid_prompt", "missing_node_type" ->
          className.isEmpty() ? Remedies.EXPORT_API : Remedies.installNode(className);
      case "prompt_no_outputs" -> "name at least one output node of the workflow as a target";
      case "prompt_outputs_failed_validation", "dependency_cycle" -> Remedies.LOOK_FOR_CYCLE;
      case "no_prompt" -> Remedies.EXPORT_API;
      case "invalid_prompt_id" -> "send the job's id as a lower-case UUID";
      default -> "look at ComfyUI's log";
    };
  }

  /** The first group that matched, or an empty text. */
  private static String first(Pattern pattern, String text) {
    // Searching takes the square of what a server may write; what is looked for stands in front.
    Matcher matcher = pattern.matcher(text.substring(0, Math.min(text.length(), LONGEST)));
    if (!matcher.find()) {
      return "";
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return "";
  }
}
