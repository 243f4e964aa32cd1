package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.AttemptRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rendering of one exploration, with all its parts open. One use. */
final class ExploreSession {
  private static final Logger log = LoggerFactory.getLogger(ExploreSession.class);

  /** All was rendered, but not all of it could be written where it belongs. */
  private static final int UNWRITTEN = 1;

  private final Parts parts;
  private final Settings settings;
  private final ExploreJob.Front front;
  private final RunSession.Open open;
  private final Path root;
  private final Means means;
  private final PodEnd podEnd;
  private final CancelSwitch stop;

  ExploreSession(
      Parts parts,
      Settings settings,
      ExploreJob.Front front,
      RunSession.Open open,
      Path root,
      Means means,
      PodEnd podEnd,
      CancelSwitch stop) {
    this.parts = parts;
    this.settings = settings;
    this.front = front;
    this.open = open;
    this.root = root;
    this.means = means;
    this.podEnd = podEnd;
    this.stop = stop;
  }

  ExploreJob.Ending run(Wish wish, Foreseen foreseen, List<NamedRun> runs)
      throws FailureException, InterruptedException, IOException {
    Exploration exploration = foreseen.exploration();
    Path folder = root.resolve(exploration.folder());
    try (Callback callback = new Callback(wish.manner().callback(), folder)) {
      ResultBook book =
          new ResultBook(
              root,
              exploration,
              runs,
              open.store(),
              (result, before) -> ended(callback, result, before));
      List<Work> works = works(foreseen, runs, wish.manner());
      MainJob.Ending ending = rendered(wish, works, new Books(folder, book, callback));
      if (ending.outcome().end() == Outcome.End.CANCELLED && wish.manner().clean()) {
        clean(works);
      }
      return new ExploreJob.Ending(ending.code(), book.results(), folder);
    }
  }

  /** Results are written on a thread of their own, so that no server waits for a disk. */
  private MainJob.Ending rendered(Wish wish, List<Work> works, Books books)
      throws FailureException, InterruptedException, IOException {
    try (ExecutorService writing = Executors.newSingleThreadExecutor()) {
      RunSession.Feed feed =
          execution -> {
            books.results().begin();
            return Feeding.none(execution, false);
          };
      return new RunSession(
              parts,
              settings,
              event -> heard(wish, event, books.results(), writing),
              open,
              root,
              means,
              podEnd)
          .run(
              new RunSession.Todo(works, feed, List.of(), settling(books, writing)), stop::running);
    }
  }

  /** All is written, delivered, and every command has run before the pod may end. */
  private RunSession.Settling settling(Books books, ExecutorService writing) {
    ExploreDelivery delivery = new ExploreDelivery(open.delivery(), front, parts.clock(), stop);
    return new RunSession.Settling() {
      @Override
      public void brokeOff() {
        close(books, writing);
      }

      @Override
      public int settle(Outcome.End end, RunListener told) throws InterruptedException {
        close(books, writing);
        if (books.results().owes()) {
          return UNWRITTEN; // An archive that lacks something would pass for the whole.
        }
        return books.anyDone() ? delivery.deliver(books.folder(), end, told) : 0;
      }

      @Override
      public void leave() {
        delivery.leave();
      }
    };
  }

  private static void close(Books books, ExecutorService writing) {
    writing.close();
    books.results().finish();
    books.callback().close();
  }

  /** What comes of the runs, and where. */
  private record Books(Path folder, ResultBook results, Callback callback) {
    boolean anyDone() {
      return results.results().stream().anyMatch(one -> one.state() == Result.State.DONE);
    }
  }

  private void heard(Wish wish, RunEvent event, ResultBook book, Executor writing) {
    front.on(event);
    if (ResultBook.concerns(event)) {
      writing.execute(() -> book.on(event));
    }
    if (wish.manner().stopOnError() && event instanceof RunEvent.WorkFailed) {
      stop.breakOff();
    }
  }

  /** What was done before was told to the user's command then. */
  private void ended(Callback callback, Result result, boolean before) {
    front.ended(result, before);
    if (!before) {
      callback.ended(result);
    }
  }

  /** In the order in which they are begun. */
  private static List<Work> works(Foreseen foreseen, List<NamedRun> runs, Wish.Manner manner) {
    Map<String, Foreseen.State> states = new HashMap<>();
    foreseen.runs().forEach(line -> states.put(line.run().name(), line.state()));
    Map<String, NamedRun> byName = new HashMap<>();
    runs.forEach(run -> byName.put(run.run().name(), run));
    Exploration exploration = foreseen.exploration();
    Map<String, Work> works = new LinkedHashMap<>();
    for (Run run : manner.asListed() ? exploration.runs() : exploration.grouped()) {
      if (states.get(run.name()) != Foreseen.State.LEFT_OUT) {
        Work work = Objects.requireNonNull(byName.get(run.name())).work();
        works.putIfAbsent(work.id(), work);
      }
    }
    return List.copyOf(works.values());
  }

  /** Takes what was under way off its servers: nobody comes back for it. */
  private void clean(List<Work> works) throws InterruptedException {
    Set<String> own = works.stream().map(Work::id).collect(Collectors.toSet());
    for (AttemptRow left : open.store().openAttempts()) {
      if (!own.contains(left.job().work())) {
        continue; // Another command's, which comes back for it.
      }
      try {
        open.engine().takeOff(left.resource(), left.promptId());
        open.store().abandonAttempt(left, "it was cancelled");
      } catch (FailureException e) {
        log.warn("taking {} off {}: {}", left.job(), left.resource(), e.getMessage());
      }
    }
  }
}
