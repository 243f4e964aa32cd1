package dev.promptrunner.cli;

import dev.promptrunner.app.Foreseen;
import dev.promptrunner.explore.sweep.Run;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an exploration will do, as JSON for programs. The names of the fields are kept over
 * versions: new ones may come, none changes its meaning. Times and costs that nobody knows are left
 * out.
 */
final class ForeseenJson {
  private static final double MILLIS = 1000;

  private final JsonMapper mapper =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  /** Indented, ending with a line end. */
  String text(Foreseen foreseen) {
    ObjectNode root = mapper.createObjectNode();
    root.put("name", foreseen.exploration().name());
    root.put("folder", foreseen.exploration().folder());
    root.put("renders", foreseen.renders());
    root.put("servers", foreseen.servers());
    foreseen.each().ifPresent(each -> root.put("seconds_each", seconds(each)));
    foreseen.expected().ifPresent(time -> root.put("seconds", seconds(time)));
    foreseen.dollars().ifPresent(dollars -> root.put("dollars", dollars));
    ArrayNode notes = root.putArray("notes");
    foreseen.notes().forEach(notes::add);
    ArrayNode runs = root.putArray("runs");
    foreseen.runs().forEach(line -> write(line, runs.addObject()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }

  private static void write(Foreseen.Line line, ObjectNode node) {
    Run run = line.run();
    node.put("run", run.name());
    node.put("folder", line.folder());
    node.put("state", line.state().name().toLowerCase(Locale.ROOT));
    ObjectNode parameters = node.putObject("parameters");
    run.values().forEach(parameters::set);
    run.files().forEach((name, file) -> parameters.put(name, file.toString()));
  }
}
