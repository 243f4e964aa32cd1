package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePlanTest {
  @TempDir Path folder;
  private Path video;
  private Manifest manifest;

  @BeforeEach
  void finish_a_video() {
    video = Samples.video(folder, "final.mp4", 100_003, 1);
    manifest = Samples.manifest(video);
  }

  private static byte[] whole(ArchivePlan plan) throws IOException {
    try (ArchiveContent content = plan.open()) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(content.length()));
      assertThat(content.read(0, buffer)).isEqualTo(buffer.capacity());
      return buffer.array();
    }
  }

  private Path zip(ArchivePlan plan) throws IOException {
    return Files.write(folder.resolve("out.zip"), whole(plan));
  }

  private void assertReadableByJava(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = file.stream().toList();
      assertThat(entries)
          .extracting(ZipEntry::getName)
          .containsExactly("manifest.json", "walk_final.mp4");
      assertThat(entries).extracting(ZipEntry::getMethod).containsOnly(ZipEntry.STORED);
      assertThat(file.getInputStream(entries.get(0))).hasBinaryContent(manifest.json());
      assertThat(file.getInputStream(entries.get(1))).hasBinaryContent(Files.readAllBytes(video));
    }
  }

  @Test
  void java_finds_manifest_and_video_stored() throws Exception {
    assertReadableByJava(zip(ArchivePlan.of(manifest, video)));
  }

  /** ZIP64 in the sizes, in the second entry's offset, and in the directory's place. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, 50_000, 100_003, 100_100})
  void java_and_commons_compress_read_zip64(long from) throws Exception {
    Path zip = zip(ArchivePlan.of(manifest, video, new ZipRecords(from)));

    assertReadableByJava(zip);
    try (var file =
        org.apache.commons.compress.archivers.zip.ZipFile.builder().setPath(zip).get()) {
      var entry = file.getEntry("walk_final.mp4");
      assertThat(file.getInputStream(entry)).hasBinaryContent(Files.readAllBytes(video));
      assertThat(entry.getUnixMode()).isEqualTo(0100644);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50_000, 0xFFFF_FFFFL})
  void unzip_finds_no_fault(long from) throws Exception {
    Path zip = zip(ArchivePlan.of(manifest, video, new ZipRecords(from)));

    assertThat(output("unzip", "-t", zip.toString())).contains("No errors detected");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50_000, 0xFFFF_FFFFL})
  void python_finds_no_fault(long from) throws Exception {
    Path zip = zip(ArchivePlan.of(manifest, video, new ZipRecords(from)));

    String code =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist())";
    assertThat(output("python3", "-c", code, zip.toString()))
        .contains("None ['manifest.json', 'walk_final.mp4']");
  }

  private String output(String... command) throws Exception {
    Path out = folder.resolve("out.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " is not installed here");
      throw e;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out);
  }

  @Test
  void length_and_check_value_are_known_before_a_byte_is_written() throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    byte[] whole = whole(plan);

    assertThat(plan.length()).isEqualTo(whole.length);
    assertThat(plan.crc32c()).isEqualTo(Crc32c.of(whole));
    try (ArchiveContent content = plan.open()) {
      assertThat(content.length()).isEqualTo(whole.length);
      assertThat(content.crc32c()).isEqualTo(Crc32c.of(whole));
    }
  }

  @Test
  void gives_the_same_bytes_from_any_offset() throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    byte[] whole = whole(plan);
    Random random = new Random(3);
    try (ArchiveContent content = plan.open()) {
      for (int round = 0; round < 3000; round++) {
        int offset = random.nextInt(whole.length);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 + random.nextInt(9000));
        int count = content.read(offset, buffer);

        assertThat(count).isEqualTo(Math.min(buffer.capacity(), whole.length - offset));
        byte[] part = new byte[count];
        buffer.flip().get(part);
        assertThat(part).isEqualTo(Arrays.copyOfRange(whole, offset, offset + count));
      }
      assertThat(content.read(whole.length, ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThatThrownBy(() -> content.read(whole.length + 1L, ByteBuffer.allocate(1)))
          .hasMessage("offset " + (whole.length + 1) + " of an archive of " + whole.length);
    }
  }

  @Test
  void is_the_same_from_another_folder_at_another_time() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path copy = Files.copy(video, elsewhere.resolve("other.mp4"));

    assertThat(whole(ArchivePlan.of(manifest, copy)))
        .isEqualTo(whole(ArchivePlan.of(manifest, video)));
  }

  @Test
  void an_empty_video_is_still_a_zip() throws Exception {
    video = Samples.video(folder, "empty.mp4", 0, 1);
    manifest = Samples.manifest(video);

    assertReadableByJava(zip(ArchivePlan.of(manifest, video)));
  }

  @Test
  void a_name_in_any_script_is_kept() throws Exception {
    Manifest named =
        new Manifest(
            "spaziergang größe 散歩",
            manifest.key(),
            manifest.engine(),
            manifest.prompt(),
            manifest.controlVideo(),
            manifest.referenceImage(),
            manifest.recipe(),
            manifest.settings(),
            manifest.jobs(),
            manifest.video(),
            manifest.spent(),
            manifest.versions());
    try (ZipFile file = new ZipFile(zip(ArchivePlan.of(named, video)).toFile())) {
      assertThat(file.getEntry("spaziergang größe 散歩_final.mp4")).isNotNull();
    }
  }

  @Test
  void refuses_a_video_that_is_not_the_one_that_was_finished() throws Exception {
    Files.write(video, new byte[] {1}, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> ArchivePlan.of(manifest, video))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.BadOutput.class))
        .hasMessageContaining("packing " + video)
        .hasMessageContaining("100004 bytes, but was finished with")
        .hasMessageContaining(manifest.video().sha256().hex())
        .hasMessageContaining("delete it and 'run' again");
  }

  @Test
  void says_when_the_video_is_gone() throws Exception {
    Files.delete(video);

    assertThatThrownBy(() -> ArchivePlan.of(manifest, video))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("what is packed cannot be read (java.nio.file.NoSuchFileException")
        .hasMessageContaining("then give the same command again");
  }

  @Test
  void says_when_the_video_becomes_shorter_while_it_is_read() throws Exception {
    try (ArchiveContent content = ArchivePlan.of(manifest, video).open();
        FileChannel file = FileChannel.open(video, StandardOpenOption.WRITE)) {
      file.truncate(10);

      ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(content.length()));
      assertThatThrownBy(() -> content.read(0, buffer))
          .isInstanceOf(IOException.class)
          .hasMessage(video + " ends at byte 10, it was longer before");
    }
  }

  @Test
  void a_video_deleted_meanwhile_can_still_be_read() throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    byte[] whole = whole(plan);
    try (ArchiveContent content = plan.open()) {
      Files.delete(video);
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(1000);
      while (content.read(read.size(), buffer.clear()) > 0) {
        read.write(buffer.array(), 0, buffer.position());
      }
      assertThat(read.toByteArray()).isEqualTo(whole);
    }
  }
}
