package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.promptrunner.testing.FakeGcs;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts every byte that the delivering thread allocates, garbage included. */
class MemoryOfDeliveryTest {
  private static final long VIDEO = 300_000_000;
  private static final long BOUND = 48_000_000;

  @TempDir Path folder;

  private long allocatedByDelivering(String uri, Optional<URI> host) throws Exception {
    Path video = folder.resolve("big.mp4");
    try (RandomAccessFile sparse = new RandomAccessFile(video.toFile(), "rw")) {
      sparse.setLength(VIDEO);
    }
    Manifest manifest = Samples.manifest(video);
    var limits = new RetryLimits(Duration.ofSeconds(10), Duration.ofMillis(5), 2);
    var settings = new DeliverySettings(uri, Optional.empty(), host, limits);
    try (ObjectStore store = ObjectStores.open(settings, InstantSource.system(), d -> {})) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      Delivered delivered = new Delivery(store).deliver(manifest, video, ProgressListener.NONE);
      assertThat(delivered.bytes()).isGreaterThan(VIDEO);
      return threads.getCurrentThreadAllocatedBytes() - before;
    }
  }

  @Test
  void to_a_bucket_is_a_few_chunks() throws Exception {
    try (FakeGcs gcs = FakeGcs.start(folder).withBucket("films")) {
      assertThat(allocatedByDelivering("gs://films", Optional.of(gcs.host()))).isLessThan(BOUND);
    }
  }

  @Test
  void to_a_folder_is_a_few_buffers() throws Exception {
    String uri = "file://" + folder.resolve("shelf");

    assertThat(allocatedByDelivering(uri, Optional.empty())).isLessThan(BOUND / 4);
  }
}
