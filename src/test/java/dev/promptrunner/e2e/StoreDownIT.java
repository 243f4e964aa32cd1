package dev.promptrunner.e2e;

import static dev.promptrunner.testing.FakeProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.store.DeliveryRow;
import dev.promptrunner.store.Status;
import dev.promptrunner.store.Store;
import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import dev.promptrunner.testing.FakeProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The object store is down from the first moment of a run to its last. */
@Timeout(120)
class StoreDownIT {
  private static final int FRAMES = 16;
  private static final String STOP = "PUT /api/v0/instances/42/";
  private static final String TERMINATE = "DELETE /api/v0/instances/42/";
  private static final String STATE = "GET /api/v0/instances/42/";

  private enum Down {
    REFUSING,
    BUSY
  }

  @TempDir Path folder;
  private FakeGcs gcs;
  private FakeProvider vast;
  private Studio studio;
  private volatile boolean busy;

  @BeforeEach
  void prepare() throws Exception {
    gcs = FakeGcs.start(Files.createDirectory(folder.resolve("gcs"))).withBucket("films");
    for (Kind kind : Kind.values()) {
      gcs.on(kind, _ -> busy, new Effect.Status(503, "busy"));
    }
    vast = new FakeProvider();
    studio = new Studio(folder).set("engine", "simulator").set("frames-per-chunk", 8);
    studio.set("deliver", "gs://films/night").set("delivery.patience", "1s");
    studio.variable("CONTAINER_ID", "42").variable("CONTAINER_API_KEY", "vk");
    studio.set("pod.vast-url", vast.url());
    studio.set("after", "terminate").set("pod.give-up-after", "20s");
    studio.prompt("walk", FRAMES, 20).prompt("turn", FRAMES, 20);
  }

  @AfterEach
  void end() {
    vast.close();
    gcs.close();
  }

  @ParameterizedTest
  @EnumSource
  void all_is_rendered_the_pod_is_stopped_and_the_next_run_only_delivers(Down down)
      throws Exception {
    busy = down == Down.BUSY;
    studio.set("delivery.host", down == Down.BUSY ? gcs.host() : nobody());
    vast.on(STOP, reply(200, "{\"success\":true}")).on(STATE, state("stopped"));

    Studio.Run first = studio.run(StoreDownIT::briefly);

    assertThat(first.exit()).isEqualTo(5);
    for (String name : List.of("walk", "turn")) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
    }
    assertThat(deliveriesTried(first))
        .as("three tries of one, some of the other meanwhile, and a single last one for both")
        .hasSizeBetween(4, 7)
        .startsWith(true, true, true)
        .endsWith(false)
        .containsOnlyOnce(false);
    assertThat(vast.calls()).contains(STOP).doesNotContain(TERMINATE);
    assertThat(first.of(RunEvent.PodStopping.class))
        .extracting(RunEvent.PodStopping::action)
        .containsExactly("stop");
    assertThat(gcs.names("films")).isEmpty();

    busy = false;
    studio.set("delivery.host", gcs.host());
    vast.on(TERMINATE, reply(200, "{\"success\":true}"))
        .on(STATE, reply(200, "{\"instances\":null}"));

    Studio.Run second = studio.run(StoreDownIT::briefly);

    assertThat(second.exit()).isZero();
    assertThat(second.of(RunEvent.JobStarted.class))
        .extracting(RunEvent.JobStarted::kind)
        .containsExactly("DELIVER", "DELIVER");
    assertThat(gcs.names("films")).hasSize(2).isEqualTo(deliveredNames());
    assertThat(vast.calls()).contains(TERMINATE);
  }

  /** Whether each failed try of a delivery was to be followed by another. */
  private static List<Boolean> deliveriesTried(Studio.Run run) {
    return run.of(RunEvent.JobFailed.class).stream()
        .peek(failed -> assertThat(failed.found()).contains("could not be reached or was busy"))
        .map(RunEvent.JobFailed::willRetry)
        .toList();
  }

  private List<String> deliveredNames() throws IOException {
    return Store.read(studio.output()).orElseThrow().status().works().stream()
        .map(Status.Work::delivery)
        .flatMap(Optional::stream)
        .map(DeliveryRow::uri)
        .map(uri -> uri.substring("gs://films/".length()))
        .sorted()
        .toList();
  }

  private static mockwebserver3.MockResponse state(String state) {
    return reply(
        200,
        "{\"instances\":{\"cur_state\":\"%1$s\",\"actual_status\":\"%1$s\"}}".formatted(state));
  }

  /** The program's own pauses, of which a test needs only the order. */
  private static void briefly(Duration pause) throws InterruptedException {
    Thread.sleep(Math.min(pause.toMillis(), 20));
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
