package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.FakeGcs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fake bucket, the real client on it, and a finished video of three chunks. */
abstract class GcsFixture {
  static final int VIDEO = 20_000_000;
  static final String OBJECT = "night/" + Samples.ZIP;
  static final RetryLimits LIMITS = new RetryLimits(Duration.ofSeconds(3), Duration.ofMillis(5), 4);

  @TempDir static Path shared;
  @TempDir Path folder;
  FakeGcs gcs;
  ObjectStore store;
  Path video;
  Manifest manifest;
  final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start(folder).withBucket("films");
    store = open("gs://films/night");
    video = shared.resolve("final.mp4");
    if (!Files.exists(video)) {
      Samples.video(shared, "final.mp4", VIDEO, 1);
    }
    manifest = Samples.manifest(video);
  }

  @AfterEach
  void stop() {
    store.close();
    gcs.close();
  }

  final ObjectStore open(String uri) throws FailureException {
    var settings = new DeliverySettings(uri, Optional.empty(), Optional.of(gcs.host()), LIMITS);
    return ObjectStores.open(settings, InstantSource.system(), pauses::add);
  }

  final Delivered deliver() throws FailureException {
    return new Delivery(store).deliver(manifest, video, ProgressListener.NONE);
  }

  final void assertOneWholeObject(Delivered delivered) throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    assertThat(delivered.uri()).isEqualTo("gs://films/" + OBJECT);
    assertThat(delivered.bytes()).isEqualTo(plan.length());
    assertThat(delivered.crc32c()).isEqualTo(plan.crc32c());
    assertThat(gcs.names("films")).containsExactly(OBJECT);
    Path stored = gcs.file("films", OBJECT);
    assertThat(StoredFile.read(stored)).isEqualTo(new StoredFile(plan.length(), plan.crc32c()));
    try (ZipFile zip = new ZipFile(stored.toFile())) {
      assertThat(zip.getEntry("walk_final.mp4").getSize()).isEqualTo(VIDEO);
    }
  }

  final AbstractThrowableAssert<?, ?> assertRefused(Class<? extends Failure> kind) {
    return assertThatThrownBy(this::deliver)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isInstanceOf(kind));
  }
}
