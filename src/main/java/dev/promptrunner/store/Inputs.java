package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The table {@code inputs}, within a transaction of the caller. */
record Inputs(Handle handle) {
  void record(AttemptRow attempt, Map<String, Digest> inputs) {
    inputs.forEach(
        (variable, digest) ->
            handle
                .createUpdate(
                    """
                    INSERT OR REPLACE INTO inputs (attempt, variable, sha256)
                    VALUES (:attempt, :variable, :sha256)
                    """)
                .bind("attempt", attempt.id())
                .bind("variable", variable)
                .bind("sha256", digest.hex())
                .execute());
  }

  /** By variable, in the order of their names. */
  Map<String, Digest> of(AttemptRow attempt) {
    Map<String, Digest> inputs = new TreeMap<>();
    handle
        .createQuery("SELECT * FROM inputs WHERE attempt = :attempt")
        .bind("attempt", attempt.id())
        .map((row, context) -> Map.entry(row.getString("variable"), row.getString("sha256")))
        .forEach(input -> inputs.put(input.getKey(), new Digest(input.getValue())));
    return inputs;
  }
}
