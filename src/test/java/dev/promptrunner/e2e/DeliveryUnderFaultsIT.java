package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.store.DeliveryRow;
import dev.promptrunner.store.Status;
import dev.promptrunner.store.Store;
import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From prompt files to a stopped pod, through an object store that misbehaves. */
@Timeout(120)
class DeliveryUnderFaultsIT {
  private static final int FRAMES = 16;

  @TempDir Path folder;
  private FakeGcs gcs;
  private Studio studio;

  @BeforeEach
  void prepare() throws Exception {
    gcs = FakeGcs.start(Files.createDirectory(folder.resolve("gcs"))).withBucket("films");
    studio = new Studio(folder).set("engine", "simulator").set("frames-per-chunk", 8);
    studio.set("deliver", "gs://films/night").set("delivery.host", gcs.host());
    studio.set("pod.provider", "command").set("after", "stop");
    // It lasts until the test has looked into the bucket.
    studio.set(
        "pod.stop-command",
        "echo stopped >>'%1$s/stopped'; until [ -e '%1$s/seen' ]; do sleep 0.05; done"
            .formatted(folder));
    studio.prompt("walk", FRAMES, 20).prompt("turn", FRAMES, 20);
  }

  @AfterEach
  void end() {
    gcs.close();
  }

  @Test
  void each_video_becomes_one_whole_object_and_only_then_the_pod_is_stopped() throws Exception {
    gcs.on(Kind.OPEN, n -> n == 1, new Effect.Status(503, "busy"));
    gcs.on(Kind.CHUNK, n -> n == 1, new Effect.LoseSession(410));
    gcs.on(Kind.CHUNK, n -> n == 2, new Effect.CutAfter(2_000));
    gcs.on(Kind.CHUNK, n -> n == 3, new Effect.Status(503, "busy"));
    gcs.on(Kind.CHUNK, n -> n == 4, new Effect.CutBeforeAnswer());

    Ended ended = runLookingWhenStopped();

    assertThat(ended.run().exit()).isZero();
    assertThat(ended.inBucket()).hasSize(2).isEqualTo(gcs.names("films"));
    assertThat(gcs.count(Kind.CHUNK)).isGreaterThan(4);
    assertWhole(deliveries());
    assertThat(stops()).containsExactly("stopped");
    List<RunEvent> events = ended.run().events();
    List<RunEvent.PodStopping> stopping = ended.run().of(RunEvent.PodStopping.class);
    assertThat(stopping).hasSize(1);
    assertThat(ended.run().of(RunEvent.Delivered.class))
        .hasSize(2)
        .allSatisfy(
            one -> assertThat(events.indexOf(one)).isLessThan(events.indexOf(stopping.getFirst())));
  }

  @Test
  void a_delivery_that_fails_for_good_keeps_the_pod_up_until_a_later_run_delivers()
      throws Exception {
    boolean[] forbidden = {true};
    gcs.on(Kind.CHUNK, n -> n > 1 && forbidden[0], new Effect.Status(403, "no right to create"));

    studio.set("pod.undelivered", "stay");
    Studio.Run first = studio.run();

    assertThat(first.exit()).isEqualTo(5);
    assertThat(gcs.names("films")).hasSize(1);
    assertThat(folder.resolve("stopped")).doesNotExist();
    assertThat(first.of(RunEvent.PodStopping.class)).isEmpty();
    assertThat(first.of(RunEvent.Warning.class))
        .anySatisfy(warning -> assertThat(warning.message()).contains("not delivered: "));
    for (String name : List.of("walk", "turn")) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
    }

    forbidden[0] = false;
    Ended second = runLookingWhenStopped();

    assertThat(second.run().exit()).isZero();
    assertThat(second.inBucket()).hasSize(2);
    assertThat(stops()).containsExactly("stopped");
    assertThat(second.run().of(RunEvent.JobStarted.class))
        .extracting(RunEvent.JobStarted::kind)
        .containsExactly("DELIVER");
    assertWhole(deliveries());
  }

  private record Ended(Studio.Run run, List<String> inBucket) {}

  /** Runs, and reads the bucket's list while the stop command is at work. */
  private Ended runLookingWhenStopped() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<List<String>> seen =
          CompletableFuture.supplyAsync(this::lookWhenStopped, threads);
      Studio.Run run = studio.run();
      return new Ended(run, seen.join());
    }
  }

  private List<String> lookWhenStopped() {
    Child.await(() -> Files.exists(folder.resolve("stopped")));
    List<String> names = gcs.names("films");
    try {
      Files.createFile(folder.resolve("seen"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return names;
  }

  private List<String> stops() throws Exception {
    return Files.readAllLines(folder.resolve("stopped"));
  }

  private List<DeliveryRow> deliveries() {
    return Store.read(studio.output()).orElseThrow().status().works().stream()
        .map(Status.Work::delivery)
        .flatMap(java.util.Optional::stream)
        .toList();
  }

  private void assertWhole(List<DeliveryRow> deliveries) throws Exception {
    assertThat(deliveries).hasSize(2);
    for (DeliveryRow delivery : deliveries) {
      String object = delivery.uri().substring("gs://films/".length());
      byte[] bytes = Files.readAllBytes(gcs.file("films", object));
      assertThat(gcs.creations("films", object)).isOne();
      assertThat(delivery.bytes()).isEqualTo(bytes.length);
      assertThat(delivery.checksum()).isEqualTo(crc32c(bytes));
      assertHoldsFinalVideo(object);
    }
  }

  private void assertHoldsFinalVideo(String object) throws Exception {
    String name = object.replaceAll(".*/(.*)_[0-9a-f]{8}\\.zip", "$1");
    Path local = studio.finalVideo(name);
    try (ZipFile zip = new ZipFile(gcs.file("films", object).toFile())) {
      assertThat(zip.getEntry("manifest.json")).isNotNull();
      byte[] video =
          zip.getInputStream(zip.getEntry(local.getFileName().toString())).readAllBytes();
      assertThat(video).isEqualTo(Files.readAllBytes(local));
    }
  }

  private static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }
}
