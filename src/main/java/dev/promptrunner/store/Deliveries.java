package dev.promptrunner.store;

import dev.promptrunner.base.WorkKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code deliveries}, within a transaction of the caller. */
record Deliveries(Handle handle) {
  void record(DeliveryRow delivery) {
    handle
        .createUpdate(
            """
            INSERT OR REPLACE INTO deliveries (key, uri, bytes, checksum, delivered_at)
            VALUES (:key, :uri, :bytes, :checksum, :at)
            """)
        .bind("key", delivery.key().toString())
        .bind("uri", delivery.uri())
        .bind("bytes", delivery.bytes())
        .bind("checksum", delivery.checksum())
        .bind("at", delivery.at().toString())
        .execute();
  }

  Optional<DeliveryRow> find(WorkKey key) {
    return handle
        .createQuery("SELECT * FROM deliveries WHERE key = :key")
        .bind("key", key.toString())
        .map((row, context) -> delivery(row))
        .findOne();
  }

  static DeliveryRow delivery(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new DeliveryRow(
        columns.key("key"),
        columns.text("uri"),
        columns.big("bytes"),
        columns.text("checksum"),
        columns.instant("delivered_at"));
  }
}
