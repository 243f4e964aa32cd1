package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  @TempDir Path folder;
  private Path video;
  private Manifest manifest;

  @BeforeEach
  void finish_a_video() {
    video = Samples.video(folder, "final.mp4", 1_500_000, 1);
    manifest = Samples.manifest(video);
  }

  private Delivered deliver(ObjectStore store) throws FailureException {
    return new Delivery(store).deliver(manifest, video, ProgressListener.NONE);
  }

  @Test
  void names_the_archive_after_work_and_key_and_proves_it() throws Exception {
    Path shelf = folder.resolve("shelf");
    Delivered delivered = deliver(new FileStore(shelf));

    Path zip = shelf.resolve(Samples.ZIP);
    assertThat(delivered)
        .isEqualTo(
            new Delivered(
                "file://" + zip, Files.size(zip), Crc32c.of(Files.readAllBytes(zip)), false));
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.getInputStream(file.getEntry("manifest.json")))
          .hasBinaryContent(manifest.json());
    }
  }

  @Test
  void twice_is_one_object() throws Exception {
    ObjectStore store = new FileStore(folder.resolve("shelf"));

    assertThat(deliver(store).already()).isFalse();
    assertThat(deliver(store).already()).isTrue();
    try (var files = Files.list(folder.resolve("shelf"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void is_not_proven_by_an_object_that_is_gone_again() {
    assertUnproven(Optional.empty(), "the store has no such object, but ");
  }

  @Test
  void is_not_proven_by_an_object_that_differs() {
    assertUnproven(
        Optional.of(new StoredObject("x://a", 7, Crc32c.EMPTY)),
        "the store has 7 bytes, CRC32C AAAAAA==, but ");
  }

  private void assertUnproven(Optional<StoredObject> readBack, String found) {
    assertThatThrownBy(() -> deliver(new Forgetful(readBack)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.BadOutput.class))
        .hasMessageContaining("reading back x://" + Samples.ZIP)
        .hasMessageContaining(found)
        .hasMessageContaining("what lies here is kept");
  }

  /** Says it took everything and then has something else. */
  private record Forgetful(Optional<StoredObject> readBack) implements ObjectStore {
    @Override
    public String uri(String name) {
      return "x://" + name;
    }

    @Override
    public Optional<StoredObject> find(String name) {
      return readBack;
    }

    @Override
    public DeliveredObject put(String name, ArchiveContent content, ProgressListener progress) {
      return new DeliveredObject(
          new StoredObject(uri(name), content.length(), content.crc32c()), false);
    }

    @Override
    public Optional<Problem> verifyAccess() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
