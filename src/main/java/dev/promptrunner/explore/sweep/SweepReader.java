package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Relocation;
import dev.promptrunner.explore.sample.Constraint;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Strategy;
import dev.promptrunner.workflow.LocatedTree;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A sweep file's YAML into values. One use. */
final class SweepReader {
  private static final int MOST_SAMPLES = 1_000_000;
  private static final int MOST_SEEDS = 10_000;

  private final Path file;
  private final LocatedTree tree;
  private final List<Problem> problems = new ArrayList<>();

  SweepReader(Path file, LocatedTree tree) {
    this.file = file;
    this.tree = tree;
  }

  Reading<SweepFile> read() {
    if (tree.root().isObject() && tree.root().isEmpty()) {
      return Reading.bad(
          new Problem(
              tree.file(),
              "the sweep file is empty",
              "",
              "make one with: prompt-runner analyze WORKFLOW --out " + file.getFileName()));
    }
    Section root = Section.root(tree, "the sweep file", problems);
    SweepFile sweep =
        new SweepFile(
            file,
            RunNames.folder(root.text("name").orElse(stem())),
            file.resolveSibling(path(root, "workflow", root.requiredText("workflow"))),
            choice(root, "strategy", Strategy::of, Strategy.keys(), Strategy.SOBOL),
            root.has("num_samples")
                ? Optional.of(root.number("num_samples", 1, MOST_SAMPLES))
                : Optional.empty(),
            root.has("seeds_per_sample") ? root.number("seeds_per_sample", 1, MOST_SEEDS) : 1,
            choice(root, "seed_mode", SeedMode::of, SeedMode.keys(), SeedMode.RANDOM),
            root.has("sampler_seed") ? root.number("sampler_seed", 0, Integer.MAX_VALUE) : 1,
            root.flag("scramble"),
            root.text("run_name").orElse(RunNames.USUAL),
            names(root, "targets", "must be ids of nodes"),
            parameters(root),
            constraints(root),
            root.has("shots") ? Optional.of(shots(root.section("shots"))) : Optional.empty(),
            root.has("nodes") ? nodes(root.section("nodes")) : Map.of());
    root.refuseUnknownKeys();
    return problems.isEmpty() ? new Reading.Good<>(sweep) : new Reading.Bad<>(problems);
  }

  private String stem() {
    return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  private static Path path(Section section, String key, String written) {
    try {
      return Path.of(written);
    } catch (InvalidPathException _) {
      section.wrong(key, "must be a path", section.value(key));
      return Path.of("");
    }
  }

  /** Texts, or numbers as texts: ids of nodes look like numbers. */
  private static List<String> names(Section section, String key, String what) {
    List<String> names = new ArrayList<>();
    for (JsonNode value : section.values(key)) {
      if (value.isContainer() || value.isNull()) {
        section.wrong(key, what, value);
      } else {
        names.add(value.asString());
      }
    }
    return names;
  }

  private <T> T choice(
      Section section,
      String key,
      Function<String, Optional<T>> of,
      List<String> keys,
      T otherwise) {
    Optional<String> written = section.text(key);
    Optional<T> chosen = written.flatMap(of);
    if (written.isPresent() && chosen.isEmpty()) {
      problems.add(
          new Problem(
              section.where(key),
              "unknown " + key,
              written.get(),
              Nearest.hint(written.get(), keys, "write one of " + String.join(", ", keys))));
    }
    return chosen.orElse(otherwise);
  }

  private List<SweepFile.Entry> parameters(Section root) {
    List<SweepFile.Entry> entries = new ArrayList<>();
    if (root.has("parameters")) {
      root.section("parameters")
          .children()
          .forEach((key, section) -> entry(key, section).ifPresent(entries::add));
    }
    return entries;
  }

  private Optional<SweepFile.Entry> entry(String key, Section section) {
    Optional<Variation> variation = new VariationReader(key, section).read();
    List<String> linked = names(section, "linked", "must be names or paths of parameters");
    section.refuseUnknownKeys();
    return variation.map(how -> new SweepFile.Entry(key, section.where(), how, linked));
  }

  private List<Constraint> constraints(Section root) {
    List<Constraint> constraints = new ArrayList<>();
    List<JsonNode> written = root.values("constraints");
    for (int i = 0; i < written.size(); i++) {
      String where = tree.where("/constraints/" + i);
      switch (Constraint.parse(written.get(i).asString(""), where)) {
        case Reading.Good<Constraint>(Constraint constraint) -> constraints.add(constraint);
        case Reading.Bad<Constraint>(List<Problem> found) -> problems.addAll(found);
      }
    }
    return constraints;
  }

  private SweepFile.ShotMapping shots(Section section) {
    SweepFile.ShotMapping mapping =
        new SweepFile.ShotMapping(
            section.where(),
            file.toAbsolutePath()
                .resolveSibling(path(section, "folder", section.text("folder").orElse(".")))
                .normalize(),
            section.text("prompt"),
            section.text("negative"),
            section.text("first_frame"),
            section.text("last_frame"));
    section.refuseUnknownKeys();
    return mapping;
  }

  private static Map<String, Relocation.Seen> nodes(Section section) {
    Map<String, Relocation.Seen> nodes = new LinkedHashMap<>();
    section
        .children()
        .forEach(
            (id, node) -> {
              String classType = node.requiredText("class");
              nodes.put(id, new Relocation.Seen(classType, node.text("title").orElse(classType)));
              node.refuseUnknownKeys();
            });
    return nodes;
  }
}
