package dev.promptrunner.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IoReasonTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "Read-only file system",
        "[SQLITE_FULL] Insertion failed because database is full (database or disk is full)",
        "av_interleaved_write_frame: No space left on device",
      })
  void what_the_disk_refuses_is_a_failure_of_the_disk(String said) {
    IOException plain = new IOException(said);
    IOException named = new FileSystemException("/out/a.mp4", null, said);

    assertThat(IoReason.disk("writing a", folder, 0, plain)).get().isInstanceOf(Failure.Disk.class);
    assertThat(IoReason.disk("writing a", folder, 0, new UncheckedIOException(named))).isPresent();
  }

  @Test
  void it_says_what_is_free_what_is_needed_and_what_to_do() {
    Failure failure =
        IoReason.disk(
                "fetching clip.mp4",
                folder.resolve("not/yet/there"),
                3_000_000,
                new IOException("No space left on device"))
            .orElseThrow();

    assertThat(failure.attempted()).isEqualTo("fetching clip.mp4");
    assertThat(failure.found())
        .startsWith("no space left on device: " + folder + " has ")
        .endsWith(" free, 3.0 MB are needed");
    assertThat(failure.remedy())
        .isEqualTo(
            "free some space there, raise the quota, or give an --output on another disk; it is"
                + " tried again when there is room");
  }

  @Test
  void rights_and_broken_connections_are_no_failure_of_the_disk() {
    assertThat(IoReason.disk("x", folder, 0, new AccessDeniedException("/out"))).isEmpty();
    assertThat(IoReason.disk("x", folder, 0, new IOException("Connection reset"))).isEmpty();
    assertThat(IoReason.disk("x", folder, 0, new IOException((String) null))).isEmpty();
  }
}
