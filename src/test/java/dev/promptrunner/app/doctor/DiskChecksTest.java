package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskChecksTest {
  private static final long FLOOR = 2_000_000_000L;

  @TempDir Path dir;

  private static Finding judged(long free, String type, boolean kept) {
    return DiskChecks.judged("/data", new DiskChecks.Facts(free, type, FLOOR, kept));
  }

  @Test
  void an_output_folder_is_told_with_its_room_and_file_system() throws Exception {
    Finding finding = new DiskChecks(dir).room(new ByteSize(1), true);
    assertThat(finding.found())
        .startsWith(dir + ": ")
        .contains(" free, " + Files.getFileStore(dir).type());
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void one_that_is_not_there_yet_is_judged_by_the_folder_above() throws Exception {
    Path output = dir.resolve("a/b");
    Finding finding = new DiskChecks(output).room(new ByteSize(1), true);
    assertThat(finding.found()).endsWith(" (not there yet, a run makes it)");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void less_room_than_the_floor_is_a_problem() {
    assertThat(judged(1_900_000_000L, "ext4", true))
        .isEqualTo(
            Finding.problem(
                Area.DISK,
                "output folder",
                "/data, less than disk.floor 2.0 GB",
                "free space, name a larger disk with --output, or lower disk.floor: no job would"
                    + " be started"));
  }

  @Test
  void little_room_memory_and_what_a_stop_loses_are_warnings() {
    assertThat(judged(9_000_000_000L, "ext4", true))
        .isEqualTo(
            Finding.warning(
                Area.DISK,
                "output folder",
                "/data",
                "free space before a night: every second of video takes some megabytes"));
    assertThat(judged(90_000_000_000L, "tmpfs", true))
        .isEqualTo(
            Finding.warning(
                Area.DISK,
                "output folder",
                "/data: it lies in memory",
                "name a folder on a disk with --output"));
    assertThat(judged(90_000_000_000L, "overlay", false))
        .isEqualTo(
            Finding.warning(
                Area.DISK,
                "output folder",
                "/data: this pod loses it when it is stopped",
                "name a folder on the pod's volume with --output, such as /workspace/output"));
    assertThat(judged(90_000_000_000L, "ext4", true).level()).isEqualTo(Level.OK);
  }

  @Test
  void one_that_cannot_be_written_to_is_a_problem() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThat(new DiskChecks(file).room(new ByteSize(1), true))
        .isEqualTo(
            Finding.problem(
                Area.DISK,
                "output folder",
                file + ": writing into " + file + " failed (not a directory)",
                "name a folder with --output that this user may write to"));
  }

  @Test
  void hard_links_are_tried_and_their_probes_removed() throws Exception {
    assertThat(new DiskChecks(dir).links(List.of()))
        .containsExactly(
            Finding.ok(Area.DISK, "hard links", "within " + dir + " work: files are never copied"));
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void two_file_systems_have_no_links_between_them() throws Exception {
    Path memory = Path.of("/dev/shm");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(dir)));
    Path other = Files.createTempDirectory(memory, "doctor-test-");
    try {
      Finding finding = DiskChecks.link(other, dir, "from there");
      assertThat(finding.level()).isEqualTo(Level.WARNING);
      assertThat(finding.found()).startsWith("from there do not work (");
      assertThat(finding.remedy())
          .isEqualTo(
              "let the server's output folder and --output lie on one file system that has hard"
                  + " links: now each file is copied, and takes its room twice for a while");
      assertThat(other).isEmptyDirectory();
      assertThat(dir).isEmptyDirectory();
    } finally {
      Files.delete(other);
    }
  }
}
