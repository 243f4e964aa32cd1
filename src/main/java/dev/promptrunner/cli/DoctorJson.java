package dev.promptrunner.cli;

import dev.promptrunner.app.doctor.Finding;
import dev.promptrunner.app.doctor.Level;
import dev.promptrunner.app.doctor.Report;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings as JSON for programs. The names of the fields are kept over versions: new ones may come,
 * none changes its meaning.
 */
final class DoctorJson {
  private final JsonMapper mapper = new JsonMapper();

  /** Indented, ending with a line end. */
  String text(Report report) {
    ObjectNode root = mapper.createObjectNode();
    root.put("ok", report.count(Level.PROBLEM) == 0);
    root.put("problems", report.count(Level.PROBLEM));
    root.put("warnings", report.count(Level.WARNING));
    ArrayNode findings = root.putArray("findings");
    report.findings().forEach(finding -> write(finding, findings.addObject()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(Finding finding, ObjectNode node) {
    node.put("area", finding.area().name().toLowerCase(Locale.ROOT));
    node.put("name", finding.name());
    node.put("level", finding.level().name().toLowerCase(Locale.ROOT));
    node.put("found", finding.found());
    node.put("remedy", finding.remedy());
  }
}
