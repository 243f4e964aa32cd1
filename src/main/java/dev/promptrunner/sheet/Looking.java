package dev.promptrunner.sheet;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at all results of a folder, several at once, and keeps what it saw in {@link
 * ContactSheet#FOLDER} there: a file that has not changed since is not looked at again. One call
 * for a folder at a time.
 */
public final class Looking {
  private final Looker looker;
  private final int threads;

  /**
   * Looks by this looker.
   *
   * @param threads how many files at once, ≥ 1
   */
  public Looking(Looker looker, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("not a number of threads: " + threads);
    }
    this.looker = looker;
    this.threads = threads;
  }

  /**
   * What was seen of each result, in their order. A file that cannot be looked at has its trouble
   * there.
   *
   * @param reference a video that each is compared with
   * @throws FailureException when what was seen cannot be kept, or there is no such reference
   */
  public List<Entry> at(ResultFolder folder, Optional<Path> reference, Progress progress)
      throws FailureException, InterruptedException {
    try {
      KeptPreviews kept = KeptPreviews.open(folder.folder());
      LookingRound round = new LookingRound(looker, kept, folder, reference, progress);
      List<Entry> entries = all(round, folder.results());
      kept.retain(round.keys());
      return entries;
    } catch (IOException e) {
      throw unkept(folder.folder(), e);
    }
  }

  private List<Entry> all(LookingRound round, List<Result> results)
      throws IOException, InterruptedException {
    List<Callable<Entry>> looks =
        results.stream().<Callable<Entry>>map(result -> () -> round.entry(result)).toList();
    if (Thread.interrupted()) {
      throw new InterruptedException("before the results were looked at");
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Entry> entries = new ArrayList<>();
      for (Future<Entry> look : pool.invokeAll(looks)) {
        entries.add(look.get());
      }
      return entries;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("looking at results", e.getCause());
    }
  }

  static FailureException unkept(Path folder, IOException e) {
    String attempted = "writing the contact sheet of " + folder;
    return new FailureException(
        IoReason.disk(attempted, folder, 0, e)
            .orElseGet(
                () ->
                    new Failure.Configuration(
                        attempted,
                        IoReason.of(e),
                        "make the folder writable, or copy the results to one that is")),
        e);
  }
}
