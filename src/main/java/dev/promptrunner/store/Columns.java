package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One row's columns as values of the house. */
record Columns(ResultSet row) {
  String text(String column) throws SQLException {
    return row.getString(column);
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  int number(String column) throws SQLException {
    return row.getInt(column);
  }

  long big(String column) throws SQLException {
    return row.getLong(column);
  }

  OptionalInt maybeNumber(String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  OptionalLong maybeBig(String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  Instant instant(String column) throws SQLException {
    return Instant.parse(row.getString(column));
  }

  Optional<Instant> maybeInstant(String column) throws SQLException {
    return maybeText(column).map(Instant::parse);
  }

  Digest digest(String column) throws SQLException {
    return new Digest(row.getString(column));
  }

  WorkKey key(String column) throws SQLException {
    return new WorkKey(digest(column));
  }

  JobId job(String column) throws SQLException {
    return new JobId(row.getString(column));
  }

  <E extends Enum<E>> E word(String column, Class<E> words) throws SQLException {
    return Enum.valueOf(words, row.getString(column));
  }
}
