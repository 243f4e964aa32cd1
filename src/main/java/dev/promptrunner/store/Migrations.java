package dev.promptrunner.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the file to this program's version. Every migration sets {@code user_version}, so that a
 * file that needs nothing costs one read and Flyway's start is paid by new and old files only.
 */
final class Migrations {
  /** The highest number in {@code db/migration}. */
  static final int CURRENT = 2;

  private Migrations() {}

  static void migrate(Path file, DataSource source) {
    int version = version(file, source);
    if (version > CURRENT) {
      throw newer(file, version);
    }
    if (version < CURRENT) {
      Flyway.configure(Migrations.class.getClassLoader())
          .loggers(FlywayLog.class.getName())
          .dataSource(source)
          .locations("classpath:db/migration")
          .load()
          .migrate();
    }
  }

  static StoreException newer(Path file, int version) {
    return new StoreException(
        ("opening %s: it was written by a newer Prompt Runner (state version %d, this one knows"
                + " %d) — use that version or later, or give another --output")
            .formatted(file, version, CURRENT));
  }

  private static int version(Path file, DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    } catch (SQLException e) {
      throw Trouble.with("opening", file, e);
    }
  }
}
