package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.artifact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 of a process that writes, at seeded random moments, again and again on one file. */
class StoreCrashTest {
  private static final int KILLS = Integer.getInteger("kills", 6);

  @TempDir Path root;

  @Test
  @Timeout(180)
  void every_completion_that_was_told_survives_a_kill() throws Exception {
    Random random = new Random(20261121);
    List<String> told = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      told.addAll(writeUntilKilled(kill, random));
      assertIntact();
      assertEventsInOrder(kill);
      resume(told);
    }
    assertThat(told).hasSizeGreaterThan(KILLS);
  }

  private List<String> writeUntilKilled(int kill, Random random) throws Exception {
    List<String> told = new ArrayList<>();
    try (StoreProcess process = StoreProcess.writing(root, kill * 100_000)) {
      assertThat(process.line()).isEqualTo("open");
      for (int lines = random.nextInt(40); lines > 0; lines--) {
        told.add(process.line());
      }
      LockSupport.parkNanos(random.nextInt(3_000_000));
      told.addAll(process.kill());
    }
    return told;
  }

  /** Before a store has opened it: as the next process will find it. */
  private void assertIntact() throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + root.resolve("state.db"))) {
      assertThat(answer(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(answer(connection, "SELECT count(*) FROM pragma_foreign_key_check"))
          .isEqualTo("0");
    }
  }

  private static String answer(Connection connection, String sql) throws Exception {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }

  /** A completed job's event was noted before it, so it must be there. */
  private void assertEventsInOrder(int kill) {
    List<String> events = Store.read(root).orElseThrow().events(new RunId("run-" + kill * 100_000));
    for (WorkRow work : List.of(StoreFixture.work("walk"), StoreFixture.work("runner"))) {
      List<String> own = events.stream().filter(line -> line.contains(work.id())).toList();
      assertThat(own).isSorted();
    }
  }

  private void resume(List<String> told) throws Exception {
    try (Store store = StoreFixture.open(root)) {
      for (String id : told) {
        JobId job = new JobId(id);
        assertThat(store.job(job).orElseThrow().state()).as(id).isEqualTo(JobState.DONE);
        assertThat(store.artifacts(job))
            .containsExactly(artifact(job, "LATENT"), artifact(job, "SEGMENT"));
      }
      List<AttemptRow> open = store.openAttempts();
      assertThat(open).hasSizeLessThanOrEqualTo(2);
      for (AttemptRow attempt : open) {
        assertThat(store.job(attempt.job()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        assertThat(store.artifacts(attempt.job())).isEmpty();
        store.abandonAttempt(attempt, "its process was killed");
      }
    }
  }
}
