package dev.promptrunner.sheet;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WholeFile;
import dev.promptrunner.explore.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the page that shows results side by side: one HTML file, and beside it its thumbnails and
 * data. It opens from the disk and asks the network for nothing.
 */
public final class ContactSheet {
  /** The page, in the folder of the results. */
  public static final String PAGE = "contact-sheet.html";

  /** Its thumbnails and data, beside it. */
  public static final String FOLDER = "contact-sheet";

  private static final String DATA = "data.js";

  private final Looking looking;

  public ContactSheet(Looking looking) {
    this.looking = looking;
  }

  /**
   * Looks at what is new and writes the page. Each of its files is whole or as it was before.
   *
   * @throws FailureException when the folder cannot be written, or there is no such reference
   */
  public Written write(ResultFolder folder, SheetOptions options, Progress progress)
      throws FailureException, InterruptedException {
    List<Entry> entries = looking.at(folder, options.reference(), progress);
    List<Problem> problems = new ArrayList<>(folder.problems());
    entries.forEach(entry -> trouble(entry).ifPresent(problems::add));
    Optional<ObjectNode> sweep = pieces(options, entries, problems);
    Path page = folder.folder().resolve(PAGE);
    try {
      WholeFile.write(
          folder.folder().resolve(FOLDER).resolve(DATA),
          SheetData.script(folder, entries, options, sweep, problems));
      WholeFile.write(page, Page.html());
    } catch (IOException e) {
      throw Looking.unkept(folder.folder(), e);
    }
    return new Written(page, entries, problems);
  }

  private static Optional<Problem> trouble(Entry entry) {
    return entry
        .trouble()
        .map(
            failure ->
                new Problem(
                    Subject.fileOf(entry.result()).orElse(entry.result().run()),
                    "this file could not be looked at (" + failure.attempted() + ")",
                    failure.found(),
                    failure.remedy()));
  }

  private static Optional<ObjectNode> pieces(
      SheetOptions options, List<Entry> entries, List<Problem> problems) {
    try {
      return options.sweep().map(source -> SweepPieces.of(source, entries));
    } catch (JacksonException e) {
      problems.add(
          new Problem(
              options.sweep().map(SweepSource::file).orElse(""),
              "this sweep file is no YAML, so the page cannot write a narrowed one",
              e.getOriginalMessage(),
              "put the sweep file back as it was when the sweep ran"));
      return Optional.empty();
    }
  }

  /**
   * A sheet that was written.
   *
   * @param entries what it shows, in the order of the results
   * @param problems what a person should know: lines that could not be read, files that could not
   *     be looked at
   */
  public record Written(Path page, List<Entry> entries, List<Problem> problems) {
    public Written {
      entries = List.copyOf(entries);
      problems = List.copyOf(problems);
    }
  }
}
