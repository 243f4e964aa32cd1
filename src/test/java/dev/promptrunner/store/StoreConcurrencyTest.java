package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.RUN;
import static dev.promptrunner.store.StoreFixture.START;
import static dev.promptrunner.store.StoreFixture.complete;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoreConcurrencyTest {
  private static final int THREADS = 4;
  private static final int JOBS = 25;

  @TempDir Path root;

  @Test
  void several_threads_write_without_losing_anything() throws Exception {
    try (Store store = StoreFixture.open(root);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store.startRun(StoreFixture.run());
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        WorkRow work = work("walk" + thread);
        writers.add(threads.submit(() -> write(store, work)));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    }
    StoreReader reader = Store.read(root).orElseThrow();
    assertThat(reader.status().works())
        .hasSize(THREADS)
        .allSatisfy(work -> assertThat(work.jobsDone()).isEqualTo(JOBS));
    assertThat(reader.events(RUN)).hasSize(THREADS * JOBS);
  }

  private static void write(Store store, WorkRow work) {
    store.rememberWork(work);
    for (int number = 0; number < JOBS; number++) {
      complete(store, job(work, number));
      store.append(RUN, new RunEvent.Warning(START, work.name(), "done " + number));
    }
  }

  @Test
  void a_reader_beside_a_writing_process_sees_whole_and_growing_states() throws Exception {
    try (StoreProcess writer = StoreProcess.writing(root, 0)) {
      assertThat(writer.line()).isEqualTo("open");
      String first = writer.line();
      StoreReader reader = Store.read(root).orElseThrow();
      List<Integer> done = new ArrayList<>();
      while (done.isEmpty() || done.getLast() < 60) {
        String last = writer.line();
        Status status = reader.status();
        done.add(status.works().stream().mapToInt(Status.Work::jobsDone).sum());
        assertThat(status.process()).isNotEqualTo(Status.ProcessState.UNKNOWN);
        assertThat(reader.why(last))
            .isInstanceOfSatisfying(
                Why.Known.class,
                why -> {
                  assertThat(why.row().orElseThrow().state()).isEqualTo(JobState.DONE);
                  assertThat(why.artifacts()).hasSize(2);
                });
      }
      assertThat(done).isSorted();
      assertThat(IntStream.range(0, done.size())).allMatch(i -> done.get(i) >= i + 2);
      assertThat(first).isNotEmpty();
    }
  }
}
