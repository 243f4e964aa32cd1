package dev.promptrunner.explore.result;

import dev.promptrunner.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * The results of an exploration as {@code metadata.jsonl} and {@code metadata.csv} in its folder.
 * Whole files are written to a temporary name and renamed; a line that is added is the only thing
 * that a crash can leave half written, and the next whole write mends it. Not thread-safe.
 */
public final class ResultTable {
  /** For spreadsheets. */
  public static final String CSV = "metadata.csv";

  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMULA = "=+-@\t\r";

  private final Path folder;
  private final List<String> parameters;
  private final ObjectWriter writer;

  /**
   * @param parameters the columns between those of every exploration
   */
  public ResultTable(Path folder, List<String> parameters) {
    this.folder = folder;
    this.parameters = List.copyOf(parameters);
    this.writer = MAPPER.writer(CsvSchema.emptySchema().withoutHeader());
  }

  /** Writes both files anew. */
  public void write(Collection<Result> results) throws IOException {
    StringBuilder lines = new StringBuilder();
    StringBuilder cells = new StringBuilder(line(header()));
    for (Result result : results) {
      lines.append(ResultJson.write(result)).append('\n');
      cells.append(line(cells(result)));
    }
    WholeFile.write(folder.resolve(ResultFolder.LINES), lines.toString());
    WholeFile.write(folder.resolve(CSV), cells.toString());
  }

  /** Adds a result to both files; a later line of the same run counts in place of this one. */
  public void add(Result result) throws IOException {
    append(folder.resolve(ResultFolder.LINES), ResultJson.write(result) + "\n");
    append(folder.resolve(CSV), line(cells(result)));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<JsonNode> header() {
    List<String> names =
        new ArrayList<>(List.of("run", "index", "sample", "shot", "state", "seconds"));
    names.addAll(parameters);
    names.addAll(List.of("files", "failure", "found", "made"));
    return names.stream().map(ResultTable::text).toList();
  }

  private List<JsonNode> cells(Result result) {
    Optional<Result.Why> why = result.failure();
    List<JsonNode> cells = new ArrayList<>();
    cells.add(text(result.run()));
    cells.add(JsonNodeFactory.instance.numberNode(result.index()));
    cells.add(JsonNodeFactory.instance.numberNode(result.sample()));
    cells.add(text(result.shot()));
    cells.add(text(result.state().name().toLowerCase(Locale.ROOT)));
    cells.add(text(result.took().map(took -> seconds(took.toMillis())).orElse("")));
    for (String parameter : parameters) {
      JsonNode value = result.parameters().get(parameter);
      cells.add(value == null ? text("") : value.isNumber() ? value : text(value));
    }
    cells.add(text(String.join(" ", result.files())));
    cells.add(text(why.map(Result.Why::kind).orElse("")));
    cells.add(text(why.map(Result.Why::found).orElse("")));
    cells.add(text(result.made()));
    return cells;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  private static JsonNode text(JsonNode value) {
    return text(value.isString() ? value.stringValue() : value.toString());
  }

  /** A spreadsheet would run a cell that looks like a formula. */
  private static JsonNode text(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return JsonNodeFactory.instance.stringNode(formula ? "'" + text : text);
  }

  private String line(List<JsonNode> cells) {
    return writer.writeValueAsString(JSON.createArrayNode().addAll(cells));
  }
}
