package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a sweep file to edit. It runs as it is: a few parameters are explored, all others stand
 * there commented out. A line that begins with {@code # } is YAML when that is taken away; lines
 * that begin with {@code ##} are for reading.
 */
public final class SweepText {
  private static final String OFF = "# ";
  private static final int SAMPLES = 8;
  private static final int SEEDS = 4;

  private final Parameters all;
  private final String workflow;
  private final Map<String, Links.Link> links = new LinkedHashMap<>();
  private final Map<String, String> leaders = new LinkedHashMap<>();
  private final Set<Parameter> chosen;
  private final StringBuilder text = new StringBuilder();

  private SweepText(Parameters all, String workflow) {
    this.all = all;
    this.workflow = workflow;
    for (Links.Link link : Links.of(all)) {
      links.put(link.first().name(), link);
      link.followers().forEach(one -> leaders.put(one.name(), link.first().name()));
    }
    this.chosen = Chosen.of(all, leaders.keySet());
  }

  /**
   * The text of the file.
   *
   * @param workflow the workflow's file as the sweep file names it: relative to the sweep file
   */
  public static String of(Parameters parameters, String workflow) {
    return new SweepText(parameters, workflow).write();
  }

  private String write() {
    head();
    line("parameters:" + (chosen.isEmpty() ? " {}" : ""));
    all.all().forEach(this::parameter);
    constraints();
    nodes();
    return text.toString();
  }

  private void head() {
    line("## Run it with: prompt-runner sweep FILE (add --dry-run to see what it would render).");
    line("## Take away '# ' in front of what you want to explore; what stands in no parameter");
    line("## stays as it is in the workflow.");
    line("workflow: " + YamlText.text(workflow));
    setting("strategy: sobol", "sobol | lhs | grid | random | linear");
    setting("num_samples: " + samples(), "points of the explored space");
    setting("seeds_per_sample: " + seeds(), "each point is rendered with so many seeds");
    setting("seed_mode: random", "random | increment | fixed");
    setting("sampler_seed: 1", "the same file gives the same points");
    setting(OFF + "run_name: \"{index}\"", "may use the names below, such as {seed}");
  }

  private int samples() {
    return chosen.stream().anyMatch(this::isExplored) ? SAMPLES : 1;
  }

  /** With nothing but a seed to change there is one point, looked at with some seeds. */
  private int seeds() {
    boolean only = chosen.stream().allMatch(one -> one.type() == ParameterType.SEED);
    return only && !chosen.isEmpty() ? SEEDS : 1;
  }

  private boolean isExplored(Parameter parameter) {
    return switch (Suggestion.of(all, parameter).orElse(null)) {
      case Suggestion.Range range -> true;
      case Suggestion.Choices choices -> true;
      case Suggestion.Seed seed -> false;
      case Suggestion.Prompts prompts -> false;
      case null -> false;
    };
  }

  private void setting(String setting, String comment) {
    line("%-28s# %s".formatted(setting, comment));
  }

  private void parameter(Parameter parameter) {
    String mark = chosen.contains(parameter) ? "" : OFF;
    line("  " + mark + YamlText.key(parameter.name()) + ":  # " + comment(parameter));
    new Block(all, links).lines(parameter).forEach(line -> line("  " + mark + "  " + line));
  }

  private String comment(Parameter parameter) {
    String leader = leaders.get(parameter.name());
    return Comments.of(parameter)
        + (leader == null ? "" : "; linked to " + leader + ", take it out there first");
  }

  /** Two numbers of steps that must not cross. */
  private void constraints() {
    List<String> rules = Borders.rules(all, leaders);
    if (!rules.isEmpty()) {
      boolean needed = Borders.concern(all, chosen);
      line((needed ? "" : OFF) + "constraints:");
      rules.forEach(rule -> line((needed ? "" : OFF) + "  - " + YamlText.text(rule)));
    }
  }

  private void nodes() {
    line("## What the file was made for; tells when node ids have changed since.");
    line("nodes:" + (all.graph().nodes().isEmpty() ? " {}" : ""));
    for (Node node : all.graph().nodes()) {
      line(
          "  %s: {class: %s, title: %s}"
              .formatted(
                  YamlText.text(node.id()),
                  YamlText.text(node.classType()),
                  YamlText.text(node.title())));
    }
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
