package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Relocation;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the paths of a sweep file to where its nodes are now, when the workflow was exported again
 * with other ids. Pure.
 */
final class Relocating {
  private static final Pattern PATH = Pattern.compile("nodes\\.(.+?)\\.inputs\\..+");

  private final SweepFile file;
  private final Workflow workflow;
  private final Relocation relocation;

  Relocating(SweepFile file, Workflow workflow) {
    this.file = file;
    this.workflow = workflow;
    this.relocation = Relocation.of(file.file().toString(), file.nodes(), workflow);
  }

  /** Bad when something that the file sets stood in a node that cannot be told any more. */
  Reading<SweepFile> file() {
    boolean lost = used().stream().anyMatch(this::isLost);
    List<Problem> problems = lost ? relocation.problems() : List.of();
    return problems.isEmpty() ? new Reading.Good<>(moved()) : new Reading.Bad<>(problems);
  }

  /** What was brought elsewhere, in words. */
  List<String> notes() {
    Set<String> used = used();
    return relocation.moved().entrySet().stream()
        .filter(move -> used.contains(move.getKey()))
        .map(
            move ->
                "%s: node %s (%s) is node %s in the workflow now: it is used from there"
                    .formatted(
                        file.file(),
                        move.getKey(),
                        file.nodes().get(move.getKey()),
                        move.getValue()))
        .toList();
  }

  private Set<String> used() {
    Set<String> used = new TreeSet<>(file.targets());
    paths().forEach(path -> id(path).ifPresent(used::add));
    return used;
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (SweepFile.Entry entry : file.parameters()) {
      paths.add(entry.key());
      paths.addAll(entry.linked());
    }
    file.constraints().forEach(constraint -> paths.addAll(constraint.names()));
    file.shots().ifPresent(shots -> paths.addAll(shots.parameters()));
    return paths;
  }

  private static Optional<String> id(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A node of another class under the old id would be set instead, without a word. */
  private boolean isLost(String id) {
    Relocation.Seen then = file.nodes().get(id);
    return then != null
        && !relocation.moved().containsKey(id)
        && workflow.node(id).map(Node::classType).filter(then.classType()::equals).isEmpty();
  }

  private SweepFile moved() {
    if (relocation.moved().isEmpty()) {
      return file;
    }
    return new SweepFile(
        file.file(),
        file.name(),
        file.workflow(),
        file.strategy(),
        file.asked(),
        file.seedsPerSample(),
        file.seedMode(),
        file.samplerSeed(),
        file.scramble(),
        file.runName(),
        file.targets().stream().map(id -> relocation.moved().getOrDefault(id, id)).toList(),
        file.parameters().stream().map(this::moved).toList(),
        file.constraints().stream().map(one -> one.renamed(relocation::path)).toList(),
        file.shots().map(shots -> shots.renamed(relocation::path)),
        file.nodes());
  }

  private SweepFile.Entry moved(SweepFile.Entry entry) {
    return new SweepFile.Entry(
        relocation.path(entry.key()),
        entry.where(),
        entry.variation(),
        entry.linked().stream().map(relocation::path).toList());
  }
}
