package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files of a folder in one archive. */
class FolderArchiveTest {
  @TempDir Path folder;
  private Path results;
  private Path shelf;
  private ObjectStore store;

  @BeforeEach
  void some_results() throws Exception {
    results = Files.createDirectories(folder.resolve("results"));
    shelf = folder.resolve("shelf");
    store = new FileStore(shelf);
    Files.createDirectories(results.resolve("002"));
    Files.writeString(results.resolve("metadata.csv"), "run,cfg\n");
    Files.write(results.resolve("002/002.mp4"), new byte[3_000_000]);
    Files.writeString(results.resolve("002/größe.txt"), "");
  }

  private Delivered deliver(Path... files) throws FailureException {
    return new Delivery(store).deliver("wan", results, List.of(files), ProgressListener.NONE);
  }

  private Path zip(Delivered delivered) {
    return shelf.resolve(delivered.uri().substring(delivered.uri().lastIndexOf('/') + 1));
  }

  @Test
  void holds_the_files_by_their_names_in_the_folder_sorted_and_stored() throws Exception {
    Delivered delivered =
        deliver(Path.of("metadata.csv"), Path.of("002/größe.txt"), Path.of("002/002.mp4"));

    try (ZipFile file = new ZipFile(zip(delivered).toFile())) {
      assertThat(file.stream().map(ZipEntry::getName))
          .containsExactly("002/002.mp4", "002/größe.txt", "metadata.csv");
      for (ZipEntry entry : file.stream().toList()) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(file.getInputStream(entry))
            .hasBinaryContent(Files.readAllBytes(results.resolve(entry.getName())));
      }
    }
  }

  @Test
  void is_named_by_what_is_in_it_so_that_the_same_is_one_object_and_more_is_another()
      throws Exception {
    Delivered first = deliver(Path.of("002/002.mp4"));
    assertThat(zip(first).getFileName().toString()).matches("wan_[0-9a-f]{8}\\.zip");
    assertThat(first.already()).isFalse();
    assertThat(deliver(Path.of("002/002.mp4")).already()).isTrue();

    Delivered more = deliver(Path.of("002/002.mp4"), Path.of("metadata.csv"));

    assertThat(more.already()).isFalse();
    try (var files = Files.list(shelf)) {
      assertThat(files).containsExactlyInAnyOrder(zip(first), zip(more));
    }
  }

  @Test
  void says_which_file_cannot_be_read() {
    assertThatThrownBy(() -> deliver(Path.of("metadata.csv"), Path.of("003/003.mp4")))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.BadOutput.class))
        .hasMessageContaining("packing " + results.resolve("003/003.mp4"))
        .hasMessageContaining("what is packed cannot be read (java.nio.file.NoSuchFileException")
        .hasMessageContaining("then give the same command again");
  }

  /** More than the format counts without ZIP64, and more than a process may hold open. */
  @Test
  void holds_more_files_than_an_old_zip_can_count() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 65_537; i++) {
      files.add(Path.of("%05d".formatted(i)));
      Files.write(results.resolve(files.getLast()), new byte[] {(byte) i});
    }
    Delivered delivered = new Delivery(store).deliver("wan", results, files, (_, _) -> {});

    try (ZipFile file = new ZipFile(zip(delivered).toFile())) {
      assertThat(file.size()).isEqualTo(65_537);
      assertThat(file.getInputStream(file.getEntry("65536"))).hasBinaryContent(new byte[] {0});
    }
  }
}
