package dev.promptrunner.chaos;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of every attempt, by its prompt id, as {@code state.db} says.
 *
 * @param attempts by prompt id
 */
record Books(Map<String, Attempt> attempts) {
  record Attempt(String job, String state, Optional<String> failure) {
    boolean was(String wanted) {
      return state.equals(wanted);
    }

    /** A result that was there and was no good: rendering it again was right. */
    boolean wasBad() {
      return failure.filter("BadOutput"::equals).isPresent();
    }

    @Override
    public String toString() {
      return job + " " + state + failure.map(kind -> " " + kind).orElse("");
    }
  }

  static Books read(Path root) throws SQLException {
    Map<String, Attempt> attempts = new HashMap<>();
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("state.db"));
        Statement statement = file.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT prompt_id, job, state, failure_kind FROM attempts")) {
      while (rows.next()) {
        attempts.put(
            rows.getString(1),
            new Attempt(
                rows.getString(2), rows.getString(3), Optional.ofNullable(rows.getString(4))));
      }
    }
    return new Books(attempts);
  }

  Optional<Attempt> of(String prompt) {
    return Optional.ofNullable(attempts.get(prompt));
  }
}
