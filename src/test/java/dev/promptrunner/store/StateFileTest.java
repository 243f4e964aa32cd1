package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.CLOCK;
import static dev.promptrunner.store.StoreFixture.PID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.store.Database.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
  @TempDir Path root;

  private void sql(String... statements) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("state.db"));
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Map<String, List<Byte>> files() throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    try (var all = Files.list(root)) {
      for (Path file : all.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        files.put(file.getFileName().toString(), List.of(boxed));
      }
    }
    return files;
  }

  @Test
  void there_is_nothing_to_read_before_the_first_run() throws Exception {
    assertThat(Store.read(root.resolve("absent"))).isEmpty();
    assertThat(Store.read(root)).isEmpty();
    Files.createFile(root.resolve("state.db"));
    assertThat(Store.read(root)).isEmpty();
    assertThat(files()).containsOnlyKeys("state.db");
  }

  @Test
  void reading_creates_and_changes_nothing() throws Exception {
    StoreFixture.open(root).close();
    Map<String, List<Byte>> before = files();
    assertThat(before).containsOnlyKeys("state.db", "state.lock");
    Store.read(root).orElseThrow().status();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_folder_with_odd_characters_is_read_and_written() throws Exception {
    Path odd = root.resolve("a b?c#d%20é");
    try (Store store = StoreFixture.open(odd)) {
      store.rememberWork(StoreFixture.work("walk"));
      assertThat(Store.read(odd).orElseThrow().status().works()).hasSize(1);
    }
    assertThat(Store.read(odd).orElseThrow().status().works()).hasSize(1);
  }

  @Test
  void the_newest_migration_is_the_current_version() throws Exception {
    try (var all = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(all).hasSize(Migrations.CURRENT);
    }
    StoreFixture.open(root).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("state.db"));
        var row = connection.createStatement().executeQuery("PRAGMA user_version")) {
      assertThat(row.getInt(1)).isEqualTo(Migrations.CURRENT);
    }
  }

  @Test
  void a_file_of_an_older_program_is_brought_to_this_version_and_keeps_its_works()
      throws Exception {
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + root.resolve("state.db"), null, null)
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    sql(
        "INSERT INTO works (id, key, name, prompt_file, frames, state) VALUES ('walk_12345678', '"
            + StoreFixture.work("walk").key()
            + "', 'walk', 'walk.txt', 500, 'OPEN')");

    try (Store store = Store.open(root, CLOCK, PID)) {
      assertThat(store.works()).extracting(WorkRow::name).containsExactly("walk");
      assertThat(store.layouts()).isEmpty();
    }
  }

  @Test
  void a_file_of_a_newer_program_is_refused_with_words() throws Exception {
    StoreFixture.open(root).close();
    sql("PRAGMA user_version = 99");
    String words = "newer Prompt Runner (state version 99, this one knows 2)";
    assertThatThrownBy(() -> Store.open(root, CLOCK, PID))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("--output");
    assertThatThrownBy(() -> Store.read(root).orElseThrow().status())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(words);
  }

  @Test
  void a_damaged_file_is_refused_with_the_remedy_and_left_as_it_is() throws Exception {
    Files.writeString(root.resolve("state.db"), "this is no database, far from it".repeat(100));
    List<Byte> before = files().get("state.db");
    assertThatThrownBy(() -> Store.open(root, CLOCK, PID))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root.toRealPath().resolve("state.db").toString())
        .hasMessageContaining("damaged")
        .hasMessageContaining("move state.db");
    assertThatThrownBy(() -> Store.read(root))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("move state.db");
    assertThat(files().get("state.db")).isEqualTo(before);
  }

  @Test
  void a_file_damaged_in_its_middle_is_told_when_its_pages_are_met() throws Exception {
    try (Store store = StoreFixture.open(root)) {
      for (int i = 0; i < 500; i++) {
        store.rememberWork(StoreFixture.work("walk" + i));
      }
    }
    byte[] bytes = Files.readAllBytes(root.resolve("state.db"));
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(root.resolve("state.db"), bytes);
    assertThatThrownBy(() -> StoreFixture.open(root).works())
        .hasMessageContaining("damaged")
        .hasMessageContaining("move state.db");
  }

  @Test
  void a_failed_opening_leaves_the_folder_to_others() throws Exception {
    Files.writeString(root.resolve("state.db"), "this is no database, far from it".repeat(100));
    assertThatThrownBy(() -> Store.open(root, CLOCK, PID)).isInstanceOf(IOException.class);
    Files.delete(root.resolve("state.db"));
    StoreFixture.open(root).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {StatusQuery.WORKS, StatusQuery.DONE, StatusQuery.RUNNING, StatusQuery.FAILED})
  void a_status_walks_no_table_of_jobs_or_attempts(String query) {
    try (Database database = Database.open(root.resolve("state.db"))) {
      List<String> plan =
          database.read(
              "looking",
              handle ->
                  handle
                      .createQuery("EXPLAIN QUERY PLAN " + query)
                      .map((row, context) -> row.getString("detail"))
                      .list());
      assertThat(plan)
          .isNotEmpty()
          .noneMatch(step -> step.matches("SCAN (jobs|attempts)( USING INDEX sqlite_auto.*)?"));
    }
  }

  @Test
  void a_full_disk_is_told_and_leaves_what_was_there() {
    try (Database database = Database.open(root.resolve("state.db"))) {
      database.run("limiting", Sync.KILL, handle -> handle.execute("PRAGMA max_page_count = 40"));
      int stored = fill(database);
      assertThat(stored).isPositive();
      List<WorkRow> kept = database.read("counting", handle -> new Works(handle).all());
      assertThat(kept).hasSize(stored);
    }
  }

  private static int fill(Database database) {
    for (int stored = 0; ; stored++) {
      WorkRow work = StoreFixture.work("walk" + stored + "x".repeat(900));
      try {
        database.run("storing a work", Sync.KILL, handle -> new Works(handle).remember(work));
      } catch (StoreException e) {
        assertThat(e)
            .hasMessageContaining("storing a work in")
            .hasMessageContaining("the disk is full: free some space and run again");
        return stored;
      }
    }
  }

  @Test
  void only_what_must_survive_a_power_loss_waits_for_the_disk() {
    try (Database database = Database.open(root.resolve("state.db"))) {
      assertThat(pragma(database, Sync.POWER_LOSS, "synchronous")).isEqualTo("2");
      assertThat(pragma(database, Sync.KILL, "synchronous")).isEqualTo("1");
      assertThat(pragma(database, Sync.POWER_LOSS, "synchronous")).isEqualTo("2");
      assertThat(pragma(database, Sync.KILL, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database, Sync.KILL, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(database, Sync.KILL, "busy_timeout")).isEqualTo("10000");
    }
  }

  private static String pragma(Database database, Sync sync, String name) {
    return database.write(
        "looking", sync, handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }
}
