package dev.promptrunner.explore.parameter;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the nodes of an earlier version of a workflow are now.
 *
 * @param moved the new id of each old one that has changed
 * @param problems what cannot be told; about nodes that nobody sets anything of they do not matter
 */
public record Relocation(Map<String, String> moved, List<Problem> problems) {
  public Relocation {
    moved = Collections.unmodifiableMap(new LinkedHashMap<>(moved));
    problems = List.copyOf(problems);
  }

  /**
   * What a sweep file remembers of a node.
   *
   * @param classType such as {@code KSampler}
   * @param title what the editor showed for it
   */
  public record Seen(String classType, String title) {
    static Seen of(Node node) {
      return new Seen(node.classType(), node.title());
    }

    @Override
    public String toString() {
      return classType.equals(title) ? classType : classType + " '" + title + "'";
    }
  }

  /**
   * Matches by class and title, where exactly one node has them now and one had them then. A node
   * that still has its id and its class is the same one, unless its title stands elsewhere.
   *
   * @param where names the sweep file in problems
   * @param then the nodes by the ids that they had
   */
  public static Relocation of(String where, Map<String, Seen> then, Workflow now) {
    return new Matching(where, then, now).match();
  }

  /** The new path or name of a parameter that was written for the earlier version. */
  public String path(String written) {
    return moved.entrySet().stream()
        .map(move -> Map.entry(Place.path(move.getKey(), ""), Place.path(move.getValue(), "")))
        .filter(move -> written.startsWith(move.getKey()))
        .findFirst()
        .map(move -> move.getValue() + written.substring(move.getKey().length()))
        .orElse(written);
  }

  /** One comparison. */
  private static final class Matching {
    private final String where;
    private final Map<String, Seen> then;
    private final Workflow now;
    private final Map<String, String> moved = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Seen, List<String>> nowIds;
    private final Map<Seen, List<String>> thenIds;

    Matching(String where, Map<String, Seen> then, Workflow now) {
      this.where = where;
      this.then = then;
      this.now = now;
      Map<String, Seen> present = new LinkedHashMap<>();
      now.nodes().forEach((id, node) -> present.put(id, Seen.of(node)));
      this.nowIds = ids(present);
      this.thenIds = ids(then);
    }

    private static Map<Seen, List<String>> ids(Map<String, Seen> nodes) {
      Map<Seen, List<String>> ids = new HashMap<>();
      nodes.forEach((id, seen) -> ids.computeIfAbsent(seen, any -> new ArrayList<>()).add(id));
      return ids;
    }

    Relocation match() {
      Set<String> left = new LinkedHashSet<>(then.keySet());
      left.removeIf(this::isUnchanged);
      left.forEach(this::place);
      return new Relocation(moved, problems);
    }

    /** The same id, class and title; or only a new title, when the old one is nowhere else. */
    private boolean isUnchanged(String id) {
      Seen seen = then.get(id);
      return now.node(id)
          .map(Seen::of)
          .filter(
              here ->
                  here.equals(seen)
                      || (seen != null
                          && here.classType().equals(seen.classType())
                          && candidates(seen).isEmpty()))
          .isPresent();
    }

    /** Those that were not there under the same id before. */
    private List<String> candidates(Seen seen) {
      return nowIds.getOrDefault(seen, List.of()).stream()
          .filter(id -> !seen.equals(then.get(id)))
          .toList();
    }

    private void place(String id) {
      Seen seen = then.get(id);
      if (seen == null) {
        return;
      }
      List<String> candidates = candidates(seen);
      long rivals = thenIds.getOrDefault(seen, List.of()).stream().filter(this::isLost).count();
      if (candidates.size() == 1 && rivals == 1) {
        moved.put(id, candidates.getFirst());
      } else {
        problems.add(problem(id, seen, candidates));
      }
    }

    private boolean isLost(String id) {
      return !isUnchanged(id);
    }

    private Problem problem(String id, Seen seen, List<String> candidates) {
      String what = "the workflow no longer has node " + id + " (" + seen + ")";
      String remedy =
          candidates.isEmpty()
              ? "take what it sets out of the file, or write the file anew with: prompt-runner"
                  + " analyze WORKFLOW"
              : "write the right one of "
                  + candidates.stream().map(to -> "nodes." + to).collect(Collectors.joining(", "))
                  + " in its place: they have the same class and title";
      String there = now.node(id).map(node -> "node " + id + " (" + Seen.of(node) + ")").orElse("");
      return new Problem(where, what, there, remedy);
    }
  }
}
