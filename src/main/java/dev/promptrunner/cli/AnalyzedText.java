package dev.promptrunner.cli;

import dev.promptrunner.app.AnalyzeJob;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.TextTable;
import dev.promptrunner.explore.parameter.Links;
import dev.promptrunner.explore.parameter.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a workflow can be set, as a table and as JSON. */
final class AnalyzedText {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHOWN_CHOICES = 3;
  private static final int WIDEST = 48;

  private AnalyzedText() {}

  /** A line for each parameter, then those that belong together. */
  static String table(AnalyzeJob.Analyzed analyzed) {
    TextTable table = new TextTable(WIDEST);
    boolean used = !analyzed.lastUsed().isEmpty();
    List<String> head = new ArrayList<>(List.of("parameter", "type", "value"));
    if (used) {
      head.add("last used");
    }
    head.addAll(List.of("takes", "where"));
    table.row(head);
    for (Parameter parameter : analyzed.parameters().all()) {
      List<String> cells = new ArrayList<>();
      cells.add(parameter.name());
      cells.add(parameter.type().label() + (parameter.guessed() ? "?" : ""));
      cells.add(text(analyzed.set().getOrDefault(parameter.name(), parameter.value())));
      if (used) {
        cells.add(
            Optional.ofNullable(analyzed.lastUsed().get(parameter.name()))
                .map(AnalyzedText::text)
                .orElse(""));
      }
      cells.add(takes(parameter));
      cells.add(parameter.path() + " (" + parameter.title() + ")");
      table.row(cells);
    }
    return table + closing(analyzed);
  }

  private static String closing(AnalyzeJob.Analyzed analyzed) {
    StringBuilder text = new StringBuilder();
    int count = analyzed.parameters().all().size();
    text.append('\n').append(Spoken.count(count, "parameter")).append(" of ");
    text.append(analyzed.workflow());
    text.append(
        analyzed.exact()
            ? "; types and limits are the server's"
            : "; types and limits are of common nodes, ? marks a guess: --server asks yours");
    text.append(".\n");
    for (Links.Link link : analyzed.links()) {
      String followers =
          link.followers().stream().map(Parameter::name).collect(Collectors.joining(", "));
      text.append("Change together: ").append(link.first().name()).append(", ");
      text.append(followers).append('\n');
    }
    return text.toString();
  }

  private static String takes(Parameter parameter) {
    if (!parameter.options().isEmpty()) {
      String first =
          parameter.options().stream()
              .limit(SHOWN_CHOICES)
              .map(AnalyzedText::text)
              .collect(Collectors.joining(", "));
      int more = parameter.options().size() - SHOWN_CHOICES;
      return more > 0 ? first + " and " + more + " more" : first;
    }
    String range =
        parameter.min().map(BigDecimal::toPlainString).orElse("")
            + (parameter.min().isPresent() || parameter.max().isPresent() ? " … " : "")
            + parameter.max().map(BigDecimal::toPlainString).orElse("");
    return parameter.type().hasRange() ? range : "";
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** All that is known of each, exact. */
  static String json(AnalyzeJob.Analyzed analyzed) {
    ObjectNode root = JSON.createObjectNode();
    root.put("workflow", analyzed.workflow());
    ArrayNode parameters = root.putArray("parameters");
    for (Parameter parameter : analyzed.parameters().all()) {
      ObjectNode node = parameters.addObject();
      node.put("name", parameter.name());
      node.put("path", parameter.path());
      node.put("title", parameter.title());
      node.put("class", parameter.classType());
      node.put("type", parameter.type().label());
      node.set("value", analyzed.set().getOrDefault(parameter.name(), parameter.value()));
      node.set("default", parameter.value());
      Optional.ofNullable(analyzed.lastUsed().get(parameter.name()))
          .ifPresent(value -> node.set("last_used", value));
      parameter.min().ifPresent(min -> node.put("min", min));
      parameter.max().ifPresent(max -> node.put("max", max));
      parameter.step().ifPresent(step -> node.put("step", step));
      if (!parameter.options().isEmpty()) {
        node.putArray("options").addAll(parameter.options());
      }
      node.put("guessed", parameter.guessed());
      node.put("changes_model", parameter.changesModel());
    }
    ArrayNode links = root.putArray("links");
    for (Links.Link link : analyzed.links()) {
      ArrayNode names = links.addArray();
      names.add(link.first().name());
      link.followers().forEach(one -> names.add(one.name()));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
