package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.media.Glance;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.sheet.ContactSheet;
import dev.promptrunner.sheet.Entry;
import dev.promptrunner.sheet.Look;
import dev.promptrunner.sheet.Looking;
import dev.promptrunner.sheet.Progress;
import dev.promptrunner.sheet.SheetOptions;
import dev.promptrunner.sheet.ranking.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a folder of results: as a page, as a file to send, as a ranking. */
public final class SheetJob {
  private static final int POSTER_SIDE = 320;

  private final Path folder;
  private final Optional<Path> reference;
  private final Progress progress;

  /**
   * @param folder of an exploration, or any with videos and images
   * @param reference a video that each is compared with
   */
  public SheetJob(Path folder, Optional<Path> reference, Progress progress) {
    this.folder = folder;
    this.reference = reference;
    this.progress = progress;
  }

  /**
   * Everything that was written.
   *
   * @param files the page first, then those to send
   * @param shown how many results it shows
   * @param problems what a person should know
   */
  public record Written(List<Path> files, int shown, List<Problem> problems) {
    public Written {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Writes the page, and the sheets to send that are asked for.
   *
   * @throws Stop when the folder has no results
   */
  public Written write(boolean pdf, boolean png)
      throws Stop, FailureException, InterruptedException {
    ResultFolder results = results();
    SheetSource source = new SheetSource(folder);
    String title = folder.toAbsolutePath().normalize().getFileName().toString();
    SheetOptions options = new SheetOptions(title, source.simulated(), reference, source.sweep());
    ContactSheet.Written page = new ContactSheet(looking()).write(results, options, progress);
    List<Path> files = new ArrayList<>(List.of(page.page()));
    try {
      if (pdf || png) {
        files.addAll(
            new SheetToSend(title, page.entries(), source.simulated()).write(folder, pdf, png));
      }
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              folder.toString(),
              "the sheet to send cannot be written",
              IoReason.of(e),
              "make the folder writable"));
    }
    return new Written(files, page.entries().size(), page.problems());
  }

  /**
   * What each run that has something to look at was made with, and what was measured of it.
   *
   * @throws Stop when the folder has no results
   */
  public List<Row> rows() throws Stop, FailureException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Entry entry : looking().at(results(), reference, progress)) {
      Result result = entry.result();
      entry
          .preview()
          .ifPresent(
              preview -> rows.add(new Row(result.run(), result.parameters(), preview.measures())));
    }
    return rows;
  }

  private ResultFolder results() throws Stop {
    try {
      if (!Files.isDirectory(folder)) {
        throw nothing("there is no such folder");
      }
      ResultFolder results = ResultFolder.read(folder);
      if (results.results().isEmpty()) {
        throw nothing("the folder has no metadata.jsonl, no videos and no images");
      }
      return new ResultFolder(
          results.folder(), new ChunkBorders(folder).on(results.results()), results.problems());
    } catch (IOException e) {
      throw nothing("the folder cannot be read: " + IoReason.of(e));
    }
  }

  private Stop nothing(String what) {
    return new Stop(
        Stop.Kind.INPUT,
        new Problem(
            folder.toString(), what, "", "give the folder of a sweep, such as output/sweeps/NAME"));
  }

  private static Looking looking() {
    return new Looking(SheetJob::look, Runtime.getRuntime().availableProcessors());
  }

  private static Look look(Path file, List<Integer> borders, Optional<Path> reference)
      throws FailureException {
    try {
      Glance glance = Glance.of(file, new Glance.Asked(POSTER_SIDE, borders, reference));
      Map<String, Double> measures = glance.measures().asMap();
      FrameRate rate = glance.rate().orElse(FrameRate.of(1));
      return new Look(glance.frames(), glance.size(), rate, glance.posters(), measures);
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(), e);
    }
  }
}
