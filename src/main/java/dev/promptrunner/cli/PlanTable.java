package dev.promptrunner.cli;

import dev.promptrunner.cli.console.Columns;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.plan.Chunk;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plan as tables, one for each prompt file, a row for each job. */
public final class PlanTable {
  private static final List<String> HEAD =
      List.of(
          "job",
          "kind",
          "chunk",
          "start",
          "render",
          "keep",
          "skip",
          "reference",
          "inputs",
          "output");
  private static final String NONE = "–";

  private final Style style;

  public PlanTable(Style style) {
    this.style = style;
  }

  /** Several lines; says so when there is nothing to do. */
  public String text(Plan plan) {
    StringBuilder text = new StringBuilder();
    plan.works().forEach(work -> text.append(work(work)).append('\n'));
    long frames = plan.works().stream().mapToLong(VideoWork::frames).sum();
    return text.append(
            "%s, %s, %d frames asked for, %d frames rendered by each pass\n"
                .formatted(
                    Spoken.count(plan.works().size(), "prompt file"),
                    Spoken.count(plan.jobs().size(), "job"),
                    frames,
                    rendered(plan)))
        .toString();
  }

  private static long rendered(Plan plan) {
    return plan.works().stream()
        .flatMap(work -> work.chunks().stream())
        .mapToLong(chunk -> chunk.rendered().length())
        .sum();
  }

  private String work(VideoWork work) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    work.jobs().forEach(job -> rows.add(row(work, job)));
    return heading(work) + table(rows);
  }

  private String heading(VideoWork work) {
    String source =
        "%s, %d frames of %s at %s fps"
            .formatted(
                work.source().file(),
                work.source().frames(),
                work.source().size(),
                work.source().rate());
    String first = "%s → %s".formatted(work.prompt().file(), work.finalPath());
    return style.strong(work.id())
        + "  "
        + first
        + "\n"
        + "  %d frames in %d chunks, final video of %d frames\n"
            .formatted(work.frames(), work.chunks().size(), work.finalFrames())
        + "  size %s, %s fps, seed %s, key %s\n"
            .formatted(work.size(), work.rate(), seed(work), work.key().key8())
        + "  control video "
        + source
        + "\n";
  }

  private static String seed(VideoWork work) {
    return work.jobs().stream()
        .map(Job::task)
        .flatMap(
            task ->
                task instanceof Task.Render render
                    ? seed(render).stream()
                    : Optional.<String>empty().stream())
        .findFirst()
        .orElse("of the recipe");
  }

  private static Optional<String> seed(Task.Render render) {
    return Optional.ofNullable(render.values().get("seed")).map(Object::toString);
  }

  private static List<String> row(VideoWork work, Job job) {
    List<String> cells = new ArrayList<>(List.of(job.id().label(), job.kind().name()));
    cells.addAll(frames(work, job));
    cells.add(reference(job));
    cells.add(inputs(job));
    cells.add(job.products().stream().map(Product::path).collect(Collectors.joining(", ")));
    return cells.stream().map(cell -> cell.isEmpty() ? NONE : cell).toList();
  }

  private static List<String> frames(VideoWork work, Job job) {
    boolean ofChunk =
        switch (job.kind()) {
          case HIGH, LOW, COMBINE, ENHANCE -> job.chunk() < work.chunks().size();
          case REFERENCE, JOIN, GENERATE, DELIVER -> false;
        };
    String number = Integer.toString(job.chunk());
    if (!ofChunk) {
      return List.of(number, "", "", "", "");
    }
    Chunk chunk = work.chunks().get(job.chunk());
    return List.of(
        number,
        Integer.toString(chunk.rendered().start()),
        Integer.toString(chunk.rendered().length()),
        chunk.kept() + " (" + chunk.kept().length() + ")",
        Integer.toString(chunk.skip()));
  }

  private static String reference(Job job) {
    return job.needs().stream()
        .filter(need -> need.variable().equals("reference"))
        .map(PlanTable::from)
        .collect(Collectors.joining(", "));
  }

  private static String inputs(Job job) {
    return job.needs().stream()
        .filter(need -> !need.variable().equals("reference"))
        .map(need -> need.variable() + "=" + from(need))
        .collect(Collectors.joining(", "));
  }

  private static String from(Need need) {
    return switch (need) {
      case Need.Made made -> made.by().label();
      case Need.Given given -> given.file().toString();
    };
  }

  private String table(List<List<String>> rows) {
    int columns = HEAD.size();
    List<Integer> widths =
        IntStream.range(0, columns)
            .mapToObj(at -> rows.stream().mapToInt(row -> Columns.of(row.get(at))).max().orElse(0))
            .toList();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, columns)
              .mapToObj(at -> Columns.pad(row.get(at), widths.get(at)))
              .collect(Collectors.joining("  ", "  ", ""))
              .stripTrailing();
      text.append(text.isEmpty() ? style.faint(line) : line).append('\n');
    }
    return text.toString();
  }
}
