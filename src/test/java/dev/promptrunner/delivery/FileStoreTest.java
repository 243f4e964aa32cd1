package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir Path root;
  private Path folder;
  private FileStore store;
  private Path video;
  private ArchivePlan plan;

  @BeforeEach
  void finish_a_video() throws Exception {
    folder = root.resolve("shelf/night");
    store = new FileStore(folder);
    video = Samples.video(root, "final.mp4", 3_000_000, 1);
    plan = ArchivePlan.of(Samples.manifest(video), video);
  }

  private DeliveredObject put(ArchivePlan archive) throws IOException, FailureException {
    try (ArchiveContent content = archive.open()) {
      return store.put("a.zip", content, ProgressListener.NONE);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private ArchivePlan other() throws FailureException {
    Path different = Samples.video(root, "different.mp4", 3_000_000, 2);
    return ArchivePlan.of(Samples.manifest(different), different);
  }

  @Test
  void writes_exactly_one_file_and_makes_the_folder() throws Exception {
    DeliveredObject delivered = put(plan);

    assertThat(delivered.already()).isFalse();
    assertThat(delivered.object())
        .isEqualTo(
            new StoredObject("file://" + folder.resolve("a.zip"), plan.length(), plan.crc32c()));
    assertThat(files()).containsExactly("a.zip");
    assertThat(store.find("a.zip")).contains(delivered.object());
  }

  @Test
  void the_same_again_is_delivered_already() throws Exception {
    put(plan);
    var before = Files.getLastModifiedTime(folder.resolve("a.zip"));

    assertThat(put(plan).already()).isTrue();
    assertThat(Files.getLastModifiedTime(folder.resolve("a.zip"))).isEqualTo(before);
    assertThat(files()).containsExactly("a.zip");
  }

  @Test
  void never_overwrites_what_differs() throws Exception {
    put(plan);

    assertThatThrownBy(() -> put(other()))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Rejected.class))
        .hasMessageContaining("an object of that name is already there with other content")
        .hasMessageContaining(plan.crc32c().base64())
        .hasMessageContaining("it is never overwritten: move or delete it there");
    assertThat(store.find("a.zip").orElseThrow().crc32c()).isEqualTo(plan.crc32c());
    assertThat(files()).containsExactly("a.zip");
  }

  @Test
  void uses_up_what_a_killed_process_left_behind() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve(".a.zip.part"), new byte[9_000_000]);

    assertThat(put(plan).object().crc32c()).isEqualTo(plan.crc32c());
    assertThat(files()).containsExactly("a.zip");
  }

  @Test
  void tells_its_progress_to_the_last_byte() throws Exception {
    List<Long> sent = new ArrayList<>();
    try (ArchiveContent content = plan.open()) {
      store.put("a.zip", content, (bytes, total) -> sent.add(bytes));
    }

    assertThat(sent).isSorted().endsWith(plan.length());
  }

  @Test
  void refuses_content_that_changes_while_it_is_read() throws Exception {
    try (ArchiveContent content = plan.open()) {
      Files.write(video, new byte[3_000_000]);

      assertThatThrownBy(() -> store.put("a.zip", content, ProgressListener.NONE))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.BadOutput.class))
          .hasMessageContaining("what is packed changed while it was sent");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void a_part_that_is_being_written_is_left_alone() throws Exception {
    Files.createDirectories(folder);
    try (PartFile living = PartFile.lock(folder.resolve("a.zip"))) {
      assertThat(living).isNotNull();
      assertThatThrownBy(() -> put(plan))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class))
          .hasMessageContaining("another process delivers the same video now");
    }
    assertThat(put(plan).already()).isFalse();
  }

  @Test
  void a_name_taken_at_the_last_moment_is_not_taken_away() throws Exception {
    Files.createDirectories(folder);
    Path target = folder.resolve("a.zip");
    try (ArchiveContent content = plan.open()) {
      ProgressListener somebodyElse =
          (sent, total) -> {
            if (sent == total) {
              write(target, new byte[] {1});
            }
          };
      assertThatThrownBy(() -> store.put("a.zip", content, somebodyElse))
          .hasMessageContaining("already there with other content (1 bytes");
    }
    assertThat(target).hasBinaryContent(new byte[] {1});
    assertThat(files()).containsExactly("a.zip");
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Of four at once some may be turned away, but what lies there is whole and the one. */
  @Test
  void several_at_once_make_one_object() throws Exception {
    CyclicBarrier start = new CyclicBarrier(4);
    Callable<DeliveredObject> delivery =
        () -> {
          start.await();
          return put(plan);
        };
    int made = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<DeliveredObject> end :
          threads.invokeAll(java.util.Collections.nCopies(4, delivery))) {
        made += wasMade(end) ? 1 : 0;
      }
    }
    assertThat(made).isEqualTo(1);
    assertThat(files()).containsExactly("a.zip");
    assertThat(store.find("a.zip").orElseThrow().crc32c()).isEqualTo(plan.crc32c());
  }

  private static boolean wasMade(Future<DeliveredObject> end) throws Exception {
    try {
      return !end.get().already();
    } catch (ExecutionException e) {
      assertThat(e).hasMessageContaining("another process delivers the same video now");
      return false;
    }
  }

  @Test
  void the_probe_leaves_nothing_behind() throws Exception {
    assertThat(store.verifyAccess()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void says_before_the_first_render_that_a_folder_is_none() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> new FileStore(file.resolve("sub")).verifyAccess())
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Rejected.class))
        .hasMessageContaining("writing to the folder " + file.resolve("sub"))
        .hasMessageContaining("--deliver file:///FOLDER");
    assertThatThrownBy(() -> new FileStore(file).verifyAccess())
        .hasMessageContaining("something that is no folder has that name");
  }

  @Test
  void says_when_there_is_no_room() throws Exception {
    ArchiveContent huge = new Huge();

    assertThatThrownBy(() -> store.put("a.zip", huge, ProgressListener.NONE))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Store.class))
        .hasMessageContaining("left, the archive needs 4611686.0 TB")
        .hasMessageContaining("make room or deliver elsewhere");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_drive_that_fills_up_meanwhile_is_the_stores_trouble_and_may_pass() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve(".a.zip.part"), Path.of("/dev/full"));

    assertThatThrownBy(
            () -> {
              try (ArchiveContent content = plan.open()) {
                store.put("a.zip", content, ProgressListener.NONE);
              }
            })
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Store.class))
        .hasMessageContaining("the drive refuses (No space left on device)")
        .hasMessageContaining("make room there or deliver elsewhere");
    assertThat(files()).isEmpty();
  }

  @Test
  void an_interrupted_thread_stops_and_leaves_nothing() throws Exception {
    try (ArchiveContent content = plan.open()) {
      ProgressListener interrupting = (sent, total) -> Thread.currentThread().interrupt();

      assertThatThrownBy(() -> store.put("a.zip", content, interrupting))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(files()).isEmpty();
  }

  /** More than any drive holds. */
  private record Huge() implements ArchiveContent {
    @Override
    public long length() {
      return 4_611_686_000_000_000_000L;
    }

    @Override
    public Crc32c crc32c() {
      return Crc32c.EMPTY;
    }

    @Override
    public int read(long offset, ByteBuffer buffer) {
      throw new AssertionError("must not be read");
    }

    @Override
    public void close() {}
  }
}
