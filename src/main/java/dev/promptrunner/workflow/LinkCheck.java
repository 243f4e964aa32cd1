package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds links against the types that a server's classes make and take. */
record LinkCheck(Workflow workflow, ObjectInfo info) {
  private static final Set<String> NUMBERS = Set.of("INT", "FLOAT");

  /**
   * Silent when the source's class is unknown, which is a problem of its own.
   *
   * @param where the reading node, for messages
   */
  Optional<Problem> problem(String where, InputSpec spec, Input.Link link) {
    Optional<Node> source = workflow.node(link.node());
    Optional<NodeClass> made = source.flatMap(from -> info.nodeClass(from.classType()));
    if (source.isEmpty() || made.isEmpty()) {
      return Optional.empty();
    }
    List<String> outputs = made.get().outputs();
    String from = source.get().label();
    if (link.slot() >= outputs.size()) {
      String what = "input " + spec.name() + " reads from a slot that " + from + " does not have";
      String has = outputs.isEmpty() ? "it has no outputs" : "its last is " + (outputs.size() - 1);
      return Optional.of(new Problem(where, what, "slot " + link.slot(), has));
    }
    String type = outputs.get(link.slot());
    return fits(type, spec.type())
        ? Optional.empty()
        : Optional.of(
            new Problem(
                where,
                "input " + spec.name() + " takes " + spec.type(),
                type + " from " + from,
                "link it to an output of type " + spec.type()));
  }

  /**
   * Types may be unions ({@code IMAGE,MASK}) or anything; many nodes take either kind of number.
   */
  private static boolean fits(String made, String taken) {
    Set<String> left = types(made);
    Set<String> right = types(taken);
    return left.contains("*")
        || right.contains("*")
        || left.contains(InputSpec.COMBO)
        || right.contains(InputSpec.COMBO)
        || left.stream().anyMatch(right::contains)
        || (NUMBERS.containsAll(left) && NUMBERS.containsAll(right));
  }

  private static Set<String> types(String type) {
    return Arrays.stream(type.split(",")).map(String::strip).collect(Collectors.toSet());
  }
}
