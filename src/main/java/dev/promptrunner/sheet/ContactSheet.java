package dev.promptrunner.sheet;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.result.ResultFolder;
import java.nio.file.Path;
import java.util.List;

/** Writes the page that shows results side by side. */
public final class ContactSheet {
  /** The page, in the folder of the results. */
  public static final String PAGE = "contact-sheet.html";

  /** Its thumbnails and data, beside it. */
  public static final String FOLDER = "contact-sheet";

  public ContactSheet(Looking looking) {}

  /**
   * Looks at what is new and writes the page.
   *
   * @throws FailureException when the folder cannot be written
   */
  public Written write(ResultFolder folder, SheetOptions options, Progress progress)
      throws FailureException, InterruptedException {
    throw new UnsupportedOperationException("follows");
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
