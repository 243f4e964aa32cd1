package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.delivery.Delivered;
import dev.promptrunner.delivery.Delivery;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Hands the folder of an exploration over as one archive when nothing more is rendered, so that
 * what is unpacked is a folder that {@code contact-sheet} reads. {@link #leave} may be called from
 * any thread.
 */
final class ExploreDelivery {
  private static final int UNDELIVERED = 5;

  /** What {@code contact-sheet} makes is made anew from the rest. */
  private static final String SHEET = "contact-sheet";

  private final OpenDelivery open;
  private final ExploreJob.Front front;
  private final InstantSource clock;
  private final CancelSwitch stop;
  private boolean left;
  private Optional<Thread> uploading = Optional.empty();

  ExploreDelivery(
      OpenDelivery open, ExploreJob.Front front, InstantSource clock, CancelSwitch stop) {
    this.open = open;
    this.front = front;
    this.clock = clock;
    this.stop = stop;
  }

  /**
   * Delivers, if there is somewhere to deliver to and nobody sits there to whom it is left.
   *
   * @param folder of the exploration, whose name the archive gets
   * @param told hears that it arrived, or why not
   * @return the exit code that this calls for
   * @throws InterruptedException when the user cancels it
   */
  int deliver(Path folder, Outcome.End end, RunListener told) throws InterruptedException {
    boolean asked =
        switch (end) {
          case CANCELLED, STOPPED -> false;
          case FINISHED, BROKEN_OFF, SERVER_GONE, DISK_FULL, LIMIT_REACHED -> true;
        };
    return asked && open.objects().isPresent()
        ? interruptibly(folder, open.objects().get(), told)
        : 0;
  }

  private int interruptibly(Path folder, ObjectStore objects, RunListener told)
      throws InterruptedException {
    stop.delivering(Thread.currentThread());
    try {
      begin();
      return delivered(folder, objects, told);
    } finally {
      over();
    }
  }

  /** Nobody interrupts any more when the last interrupt is forgotten. */
  private void over() throws InterruptedException {
    try {
      stop.delivered();
    } finally {
      end();
    }
  }

  private int delivered(Path folder, ObjectStore objects, RunListener told) {
    String name = String.valueOf(folder.getFileName());
    try {
      Delivered delivered =
          new Delivery(objects).deliver(name, folder, files(folder), front::delivering);
      told.on(
          new RunEvent.Delivered(
              clock.instant(), name, delivered.uri(), delivered.bytes(), delivered.already()));
      return 0;
    } catch (FailureException e) {
      undelivered(name, folder, e.failure().sentence(), told);
    } catch (IOException e) {
      undelivered(name, folder, "reading the folder: " + IoReason.of(e), told);
    }
    return UNDELIVERED;
  }

  private void undelivered(String name, Path folder, String why, RunListener told) {
    told.on(
        new RunEvent.Warning(
            clock.instant(),
            name,
            "the results are NOT delivered, they are kept in %s and the same command delivers them: %s"
                .formatted(folder, why)));
  }

  /** Without what is half written and what can be made anew. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(file -> !isHidden(file) && !isOfSheet(file))
          .toList();
    }
  }

  private static boolean isHidden(Path file) {
    return StreamSupport.stream(file.spliterator(), false)
        .anyMatch(name -> name.toString().startsWith("."));
  }

  private static boolean isOfSheet(Path file) {
    return file.startsWith(SHEET) || file.toString().startsWith(SHEET + ".");
  }

  private synchronized void begin() {
    uploading = Optional.of(Thread.currentThread());
    leaveIfTimeIsUp();
  }

  private synchronized void end() {
    uploading = Optional.empty();
    Thread.interrupted(); // what was asked for has been done
  }

  /** No time is left: what is being sent is given up, and nothing is begun. */
  synchronized void leave() {
    left = true;
    leaveIfTimeIsUp();
  }

  private void leaveIfTimeIsUp() {
    if (left) {
      uploading.ifPresent(Thread::interrupt);
    }
  }
}
