package dev.promptrunner.workflow;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Numbers.Combining;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recipe's YAML into values, every problem of it and of its workflows in one report. */
final class RecipeReader {
  static final LocatedTree.Form FORM =
      new LocatedTree.Form(
          Trees.YAML, "YAML", "the recipe", "correct the line; indentation is part of YAML");

  private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,6})(?:/([1-9]\\d{0,6}))?");

  private final Path file;
  private final LocatedTree tree;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Pass, PassRecipe> passes = new EnumMap<>(Pass.class);

  private RecipeReader(Path file, LocatedTree tree) {
    this.file = file;
    this.tree = tree;
  }

  static Reading<Recipe> read(Path file) {
    return LocatedTree.read(file, FORM).then(tree -> new RecipeReader(file, tree).read());
  }

  private Reading<Recipe> read() {
    Section root = Section.root(tree, problems);
    String name = root.requiredText("name");
    String description = root.text("description").orElse("");
    Numbers numbers = numbers(root);
    readPasses(root.section("render"), root, Pass.HIGH, Pass.LOW);
    readPasses(root.section("combine"), root, Pass.COMBINE_FIRST, Pass.COMBINE_NEXT);
    root.refuseUnknownKeys();
    if (passes.size() == Pass.values().length) {
      Recipe recipe = new Recipe(file, name, description, numbers, passes, tree.root());
      problems.addAll(RecipeCheck.offline(recipe));
      if (problems.isEmpty()) {
        return new Reading.Good<>(recipe);
      }
    }
    return new Reading.Bad<>(problems);
  }

  private static Numbers numbers(Section root) {
    Section frames = root.section("frames");
    Section size = root.section("size");
    Numbers numbers =
        new Numbers(
            frameRule(frames),
            frameRate(frames),
            frames.number("native", 1, 100_000),
            frames.number("reference_offset", 1, 1_000),
            frames.number("drift_after", 1, 1_000),
            size.number("multiple", 1, 1_024),
            usualSize(size),
            root.has("steps")
                ? OptionalInt.of(root.number("steps", 1, 1_000))
                : OptionalInt.empty(),
            Duration.ofSeconds(root.number("swap_seconds", 0, 3_600)),
            combining(root.section("combining")));
    frames.refuseUnknownKeys();
    size.refuseUnknownKeys();
    return numbers;
  }

  private static Combining combining(Section section) {
    int framesFactor = section.number("frames_factor", 1, 16);
    int framesShort = section.number("frames_short", 0, framesFactor);
    Combining combining =
        new Combining(framesFactor, framesShort, section.number("size_factor", 1, 16));
    section.refuseUnknownKeys();
    return combining;
  }

  private static FrameRule frameRule(Section frames) {
    String text = frames.requiredText("rule");
    Optional<FrameRule> rule = FrameRule.parse(text);
    if (rule.isEmpty() && !text.isEmpty()) {
      frames.wrong("rule", "must look like 4n+1 or n", frames.value("rule"));
    }
    return rule.orElse(new FrameRule(1, 0));
  }

  private static FrameRate frameRate(Section frames) {
    String text = frames.requiredText("rate");
    Matcher form = RATE.matcher(text);
    if (form.matches()) {
      int denominator = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
      return new FrameRate(Integer.parseInt(form.group(1)), denominator);
    }
    if (!text.isEmpty()) {
      frames.wrong("rate", "must look like 16 or 30000/1001", frames.value("rate"));
    }
    return FrameRate.of(1);
  }

  private static FrameSize usualSize(Section size) {
    String text = size.requiredText("usual");
    Optional<FrameSize> usual = FrameSize.parse(text);
    if (usual.isEmpty() && !text.isEmpty()) {
      size.wrong("usual", "must look like 832x480", size.value("usual"));
    }
    return usual.orElse(new FrameSize(1, 1));
  }

  /** Two passes share a workflow and the edits that both need. */
  private void readPasses(Section shared, Section root, Pass... both) {
    Optional<Workflow> workflow = workflow(shared);
    List<Placed<Edit>> edits = EditReader.edits(shared, "edits");
    List<Placed<Edit>> with =
        both[0].renders() ? EditReader.edits(shared, "with_reference") : List.of();
    List<Placed<Edit>> without =
        both[0].renders() ? EditReader.edits(shared, "without_reference") : List.of();
    shared.refuseUnknownKeys();
    for (Pass pass : both) {
      Section own = root.section(pass.key());
      List<Placed<Edit>> all =
          Stream.concat(edits.stream(), EditReader.edits(own, "edits").stream()).toList();
      List<Placed<String>> targets = own.texts("targets");
      List<Placed<PassRecipe.Output>> outputs = OutputReader.outputs(own);
      Optional<String> loads = own.text("loads");
      own.refuseUnknownKeys();
      if (targets.isEmpty()) {
        own.problem(pass.key() + " names no targets", "", "add targets: [id of an output node]");
      }
      workflow.ifPresent(
          graph ->
              passes.put(pass, new PassRecipe(graph, all, with, without, targets, outputs, loads)));
    }
  }

  private Optional<Workflow> workflow(Section shared) {
    String name = shared.requiredText("workflow");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return switch (Workflow.read(file.resolveSibling(name))) {
      case Reading.Good<Workflow>(Workflow workflow) -> Optional.of(workflow);
      case Reading.Bad<Workflow>(List<Problem> found) -> {
        problems.addAll(found);
        yield Optional.empty();
      }
    };
  }
}
