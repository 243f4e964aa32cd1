package dev.promptrunner.sheet;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.sheet.ParameterTable.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page shows, as a script: a page opened from a file may load nothing else. */
final class SheetData {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private static final double MILLIS = 1000;

  private final ResultFolder folder;
  private final List<Entry> entries;
  private final SheetOptions options;
  private final ObjectNode json = MAPPER.createObjectNode();

  private SheetData(ResultFolder folder, List<Entry> entries, SheetOptions options) {
    this.folder = folder;
    this.entries = entries;
    this.options = options;
  }

  /**
   * The script. ASCII without {@code <}: nothing in a prompt can end it, wherever it stands.
   *
   * @param sweep the pieces of the sweep file, when there is one
   */
  static String script(
      ResultFolder folder,
      List<Entry> entries,
      SheetOptions options,
      Optional<ObjectNode> sweep,
      List<Problem> problems) {
    SheetData data = new SheetData(folder, entries, options);
    data.head(sweep, problems);
    data.parameters();
    data.results();
    String text = MAPPER.writeValueAsString(data.json).replace("<", "\\u003c");
    return "window.contactSheet = " + text + ";\n";
  }

  private void head(Optional<ObjectNode> sweep, List<Problem> problems) {
    json.put("title", options.title());
    json.put("key", Digest.of(folder.folder().toAbsolutePath().normalize().toString()).hex());
    json.put("simulated", options.simulated());
    json.put(
        "reference", options.reference().map(file -> file.getFileName().toString()).orElse(""));
    sweep.ifPresent(pieces -> json.set("sweep", pieces));
    ArrayNode lines = json.putArray("problems");
    problems.forEach(problem -> lines.add(problem.toString()));
  }

  private void parameters() {
    Set<String> seeds =
        options.sweep().stream()
            .flatMap(sweep -> sweep.parameters().stream())
            .filter(swept -> swept.type().equals("random_seed"))
            .map(SweepSource.Swept::name)
            .collect(Collectors.toSet());
    ArrayNode array = json.putArray("parameters");
    for (Parameter parameter : ParameterTable.of(folder.results(), seeds)) {
      ObjectNode node = array.addObject();
      node.put("name", parameter.name());
      node.put("kind", parameter.kind().name().toLowerCase(Locale.ROOT));
      node.put("varies", parameter.varies());
      if (!parameter.varies() || parameter.kind() == ParameterTable.Kind.CHOICE) {
        ArrayNode values = node.putArray("values");
        parameter.values().forEach(value -> values.add(PlainValue.of(value)));
      }
    }
    Set<String> measures = new TreeSet<>();
    entries.forEach(e -> e.preview().ifPresent(p -> measures.addAll(p.measures().keySet())));
    ArrayNode names = json.putArray("measures");
    measures.forEach(names::add);
  }

  private void results() {
    ArrayNode array = json.putArray("results");
    entries.forEach(entry -> result(array.addObject(), entry));
  }

  private static void result(ObjectNode node, Entry entry) {
    Result result = entry.result();
    node.put("run", result.run());
    node.put("index", result.index());
    node.put("sample", result.sample());
    node.put("shot", result.shot());
    node.put("state", result.state().name().toLowerCase(Locale.ROOT));
    ObjectNode parameters = node.putObject("parameters");
    result.parameters().forEach((name, value) -> parameters.set(name, PlainValue.of(value)));
    ArrayNode borders = node.putArray("borders");
    result.borders().forEach(borders::add);
    result.took().ifPresent(took -> node.put("seconds", took.toMillis() / MILLIS));
    Subject.fileOf(result).ifPresent(file -> file(node, file));
    entry.preview().ifPresent(preview -> preview(node, preview));
    result.failure().ifPresent(why -> problem(node, why.kind(), why.found(), why.remedy()));
    entry.trouble().ifPresent(trouble -> trouble(node, trouble));
  }

  private static void file(ObjectNode node, String file) {
    node.put("file", file);
    node.put("video", ResultFolder.isVideo(file));
  }

  private static void preview(ObjectNode node, Preview preview) {
    node.put("frames", preview.frames());
    node.put("width", preview.size().width());
    node.put("height", preview.size().height());
    node.put("fps", preview.rate().framesPerSecond());
    ArrayNode posters = node.putArray("posters");
    preview.posters().forEach(posters::add);
    ObjectNode measures = node.putObject("measures");
    preview.measures().forEach(measures::put);
  }

  private static void trouble(ObjectNode node, Failure failure) {
    problem(node, failure.kind(), failure.attempted() + ": " + failure.found(), failure.remedy());
  }

  private static void problem(ObjectNode node, String kind, String found, String remedy) {
    JsonNode problem =
        MAPPER.createObjectNode().put("kind", kind).put("found", found).put("remedy", remedy);
    node.set("problem", problem);
  }
}
