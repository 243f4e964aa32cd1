package dev.promptrunner.store;

import dev.promptrunner.base.WorkKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table {@code works}, within a transaction of the caller. */
record Works(Handle handle) {
  /** A known key keeps its name, state and error: its files lie under that name. */
  void remember(WorkRow work) {
    handle
        .createUpdate(
            """
            INSERT INTO works (id, key, name, prompt_file, frames, state, error)
            VALUES (:id, :key, :name, :prompt, :frames, :state, :error)
            ON CONFLICT (key) DO UPDATE
            SET prompt_file = excluded.prompt_file, frames = excluded.frames
            """)
        .bind("id", work.id())
        .bind("key", work.key().toString())
        .bind("name", work.name())
        .bind("prompt", work.promptFile())
        .bind("frames", work.frames())
        .bind("state", work.state().name())
        .bind("error", work.error())
        .execute();
  }

  void finish(WorkKey key, WorkState state, Optional<String> error) {
    int rows =
        handle
            .createUpdate("UPDATE works SET state = :state, error = :error WHERE key = :key")
            .bind("state", state.name())
            .bind("error", error)
            .bind("key", key.toString())
            .execute();
    if (rows == 0) {
      throw new IllegalStateException("finishing work " + key + ", which was never remembered");
    }
  }

  void reset(WorkKey key) {
    handle
        .createUpdate(
            """
            UPDATE works SET state = 'OPEN', error = NULL
            WHERE key = :key AND state = 'FAILED'
            """)
        .bind("key", key.toString())
        .execute();
  }

  /** How many jobs the plan gave the work. */
  void planned(String work, int jobs) {
    handle
        .createUpdate("UPDATE works SET jobs = :jobs WHERE id = :id")
        .bind("jobs", jobs)
        .bind("id", work)
        .execute();
  }

  void layOut(WorkKey key, String layout) {
    int rows =
        handle
            .createUpdate("UPDATE works SET layout = :layout WHERE key = :key")
            .bind("layout", layout)
            .bind("key", key.toString())
            .execute();
    if (rows == 0) {
      throw new IllegalStateException("laying out work " + key + ", which was never remembered");
    }
  }

  /** Of those that were laid out anew. */
  Map<WorkKey, String> layouts() {
    return handle
        .createQuery("SELECT key, layout FROM works WHERE layout IS NOT NULL")
        .map((row, context) -> layout(row))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The video that can be played now. */
  void video(String work, Video video) {
    handle
        .createUpdate(
            """
            UPDATE works SET video = :path, video_frames = :frames, video_final = :final
            WHERE id = :id
            """)
        .bind("path", video.path())
        .bind("frames", video.frames())
        .bind("final", video.finished())
        .bind("id", work)
        .execute();
  }

  boolean exists(String work) {
    return handle
        .createQuery("SELECT 1 FROM works WHERE id = :id")
        .bind("id", work)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  Optional<WorkRow> find(WorkKey key) {
    return handle
        .createQuery("SELECT * FROM works WHERE key = :key")
        .bind("key", key.toString())
        .map((row, context) -> work(row))
        .findOne();
  }

  /** In the order in which they were first remembered. */
  List<WorkRow> all() {
    return handle
        .createQuery("SELECT * FROM works ORDER BY rowid")
        .map((row, context) -> work(row))
        .list();
  }

  private static Map.Entry<WorkKey, String> layout(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return Map.entry(columns.key("key"), columns.text("layout"));
  }

  static WorkRow work(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new WorkRow(
        columns.key("key"),
        columns.text("name"),
        columns.text("prompt_file"),
        columns.number("frames"),
        columns.word("state", WorkState.class),
        columns.maybeText("error"));
  }

  static Optional<Video> video(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    Optional<String> path = columns.maybeText("video");
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Video(
                path.get(), columns.number("video_frames"), columns.number("video_final") != 0));
  }
}
