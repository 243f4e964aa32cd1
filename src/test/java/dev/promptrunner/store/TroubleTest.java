package dev.promptrunner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class TroubleTest {
  private static final String FULL = " — the disk is full: free some space and run again";

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE"})
  void what_sqlite_cannot_write_on_a_full_disk_is_told_as_a_full_disk(SQLiteErrorCode code) {
    StoreException told = trouble(code, 0);

    assertThat(told).hasMessageStartingWith("opening " + database()).hasMessageEndingWith(FULL);
    assertThat(told.isOfTheDisk()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_IOERR_WRITE", "SQLITE_IOERR_READ"})
  void with_room_left_it_is_the_disk_itself(SQLiteErrorCode code) {
    assertThat(trouble(code, 10_000_000))
        .hasMessageEndingWith(
            " — the disk or network volume failed: check it (df, dmesg), or give an --output on a"
                + " local disk");
  }

  @Test
  void a_failed_read_is_never_for_want_of_room() {
    assertThat(trouble(SQLiteErrorCode.SQLITE_IOERR_READ, 0).getMessage()).doesNotContain(FULL);
  }

  private StoreException trouble(SQLiteErrorCode code, long free) {
    SQLiteException cause = new SQLiteException("disk I/O error", code);
    return Trouble.with("opening", database(), cause, _ -> free);
  }

  private Path database() {
    return root.resolve("state.db");
  }
}
