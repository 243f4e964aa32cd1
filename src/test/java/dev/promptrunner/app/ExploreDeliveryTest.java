package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.delivery.ArchiveContent;
import dev.promptrunner.delivery.DeliveredObject;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ProgressListener;
import dev.promptrunner.delivery.StoredObject;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.explore.result.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ExploreDeliveryTest {
  private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");

  @TempDir Path dir;
  private final Shelf shelf = new Shelf();
  private final List<RunEvent> told = new ArrayList<>();
  private final CancelSwitch stop = new CancelSwitch();
  private final ExploreDelivery delivery =
      new ExploreDelivery(new OpenDelivery(Optional.of(shelf)), new NoFront(), () -> AT, stop);
  private Path folder = Path.of("");

  @BeforeEach
  void results() throws Exception {
    folder = Files.createDirectories(dir.resolve("sweeps/wan"));
    Files.writeString(folder.resolve("metadata.csv"), "run\n");
  }

  private int deliver(Outcome.End end) throws InterruptedException {
    return delivery.deliver(folder, end, told::add);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CANCELLED", "STOPPED"})
  void what_there_is_is_delivered_however_the_rendering_ended(Outcome.End end) throws Exception {
    assertThat(deliver(end)).isZero();

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Delivered.class,
            delivered -> {
              assertThat(delivered.work()).isEqualTo("wan");
              assertThat(delivered.uri()).matches("shelf://wan_[0-9a-f]{8}\\.zip");
              assertThat(delivered.already()).isFalse();
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "STOPPED"})
  void nothing_is_delivered_when_a_person_ended_it(Outcome.End end) throws Exception {
    assertThat(deliver(end)).isZero();

    assertThat(told).isEmpty();
    assertThat(shelf.names).isEmpty();
  }

  @Test
  void what_is_half_written_hidden_or_a_page_of_the_results_is_left_out() throws Exception {
    deliver(Outcome.End.FINISHED);
    Files.writeString(folder.resolve(".metadata.csv.part"), "ru");
    Files.writeString(Files.createDirectory(folder.resolve(".kept")).resolve("a"), "a");
    Files.writeString(folder.resolve("contact-sheet.html"), "a page");
    Files.writeString(Files.createDirectory(folder.resolve("contact-sheet")).resolve("b"), "b");
    deliver(Outcome.End.FINISHED);
    Files.writeString(folder.resolve("contact-sheets-i-like.txt"), "mine");
    deliver(Outcome.End.FINISHED);

    // An archive is named by what is in it.
    assertThat(shelf.names).hasSize(3);
    assertThat(shelf.names.get(1)).isEqualTo(shelf.names.get(0));
    assertThat(shelf.names.get(2)).isNotEqualTo(shelf.names.get(0));
  }

  @Test
  void what_does_not_arrive_is_told_with_the_reason_and_where_it_is_kept() throws Exception {
    shelf.refuses = true;

    assertThat(deliver(Outcome.End.FINISHED)).isEqualTo(5);

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Warning.class,
            warning -> {
              assertThat(warning.subject()).isEqualTo("wan");
              assertThat(warning.message())
                  .isEqualTo(
                      "the results are NOT delivered, they are kept in %s and the same command delivers them: putting it there: no room — make room"
                          .formatted(folder));
            });
  }

  @Test
  void what_hangs_when_time_is_up_is_left_and_the_thread_goes_on() throws Exception {
    shelf.hangs = true;
    Thread.ofVirtual().start(() -> afterTheBegin(delivery::leave));

    assertThat(deliver(Outcome.End.LIMIT_REACHED)).isEqualTo(5);

    assertThat(told).singleElement().isInstanceOf(RunEvent.Warning.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nothing_is_begun_when_time_is_up() throws Exception {
    delivery.leave();

    assertThat(deliver(Outcome.End.LIMIT_REACHED)).isEqualTo(5);

    assertThat(shelf.names).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void a_cancel_ends_it_in_the_middle() {
    shelf.hangs = true;
    Thread.ofVirtual().start(() -> afterTheBegin(stop::cancel));

    assertThatThrownBy(() -> deliver(Outcome.End.FINISHED))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void a_cancel_before_it_lets_nothing_begin() {
    stop.cancel();

    assertThatThrownBy(() -> deliver(Outcome.End.FINISHED))
        .isInstanceOf(InterruptedException.class);
    assertThat(shelf.names).isEmpty();
  }

  private void afterTheBegin(Runnable then) {
    try {
      shelf.begun.await();
      then.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class NoFront implements ExploreJob.Front {
    @Override
    public void foreseen(Foreseen foreseen) {
      throw new IllegalStateException("nothing is foreseen here");
    }

    @Override
    public boolean goOn(Foreseen foreseen) {
      throw new IllegalStateException("nothing is asked here");
    }

    @Override
    public void ended(Result result, boolean before) {
      throw new IllegalStateException("no run ends here");
    }

    @Override
    public void delivering(long sent, long total) {
      // looked at by whoever sits there
    }

    @Override
    public void on(RunEvent event) {
      throw new IllegalStateException("events go to everybody");
    }
  }

  /** Keeps what it was given, refuses it, or never answers. */
  private static final class Shelf implements ObjectStore {
    final List<String> names = new ArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    private Optional<StoredObject> last = Optional.empty();
    boolean refuses;
    boolean hangs;

    @Override
    public String uri(String name) {
      return "shelf://" + name;
    }

    @Override
    public Optional<StoredObject> find(String name) {
      return last;
    }

    @Override
    public DeliveredObject put(String name, ArchiveContent content, ProgressListener progress)
        throws FailureException {
      names.add(name);
      begun.countDown();
      if (refuses) {
        throw new FailureException(
            new Failure.Rejected("putting it there", "no room", "make room"));
      }
      if (hangs) {
        hang();
      }
      StoredObject stored = new StoredObject(uri(name), content.length(), content.crc32c());
      last = Optional.of(stored);
      return new DeliveredObject(stored, false);
    }

    private static void hang() throws FailureException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailureException(
            new Failure.Cancelled("putting it there", "the run was stopped", "do it again"), e);
      }
    }

    @Override
    public Optional<Problem> verifyAccess() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
