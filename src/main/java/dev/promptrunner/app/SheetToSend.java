package dev.promptrunner.app;

import dev.promptrunner.explore.result.Result;
import dev.promptrunner.sheet.Entry;
import dev.promptrunner.sheet.Preview;
import dev.promptrunner.sheet.print.PrintEntry;
import dev.promptrunner.sheet.print.PrintSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The results as one file that can be sent, with what was seen of them already. */
record SheetToSend(String title, List<Entry> entries, boolean simulated) {
  private static final String MARK = "made with the simulator: nothing here is rendered by a model";

  /** Writes those that are asked for into the folder. */
  List<Path> write(Path folder, boolean pdf, boolean png) throws IOException {
    List<PrintEntry> printed = new ArrayList<>();
    Set<String> varying = varying();
    for (Entry entry : entries) {
      printed.add(printed(folder, entry, varying));
    }
    PrintSheet sheet =
        new PrintSheet(title, printed, simulated ? Optional.of(MARK) : Optional.empty());
    List<Path> written = new ArrayList<>();
    if (pdf) {
      Path file = folder.resolve("contact-sheet.pdf");
      sheet.writePdf(file);
      written.add(file);
    }
    if (png) {
      written.addAll(sheet.writePng(folder.resolve("contact-sheet.png")));
    }
    return written;
  }

  private Set<String> varying() {
    Set<String> names = new HashSet<>();
    entries.forEach(entry -> names.addAll(entry.result().parameters().keySet()));
    names.removeIf(
        name ->
            entries.stream()
                    .map(entry -> Optional.ofNullable(entry.result().parameters().get(name)))
                    .distinct()
                    .count()
                < 2);
    return names;
  }

  private static PrintEntry printed(Path folder, Entry entry, Set<String> varying)
      throws IOException {
    Result result = entry.result();
    List<byte[]> posters = new ArrayList<>();
    for (String poster : entry.preview().map(Preview::posters).orElse(List.of())) {
      posters.add(Files.readAllBytes(folder.resolve(poster)));
    }
    List<PrintEntry.Line> lines = new ArrayList<>();
    result
        .parameters()
        .forEach(
            (name, value) ->
                lines.add(new PrintEntry.Line(name, text(value), varying.contains(name))));
    String note =
        result
            .failure()
            .map(why -> "failed: %s %s".formatted(why.kind(), why.found()))
            .or(() -> entry.trouble().map(trouble -> trouble.found()))
            .orElse(result.state() == Result.State.OPEN ? "not rendered yet" : "");
    return new PrintEntry(result.run(), posters, lines, note);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
