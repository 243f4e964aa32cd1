package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody who watches the server's process tells those who follow jobs on it. */
@Timeout(60)
class LostServerTest extends ComfyTest {
  private static final String FOUND = "it ended with exit code 137: it was killed";

  @Test
  void a_declared_loss_ends_the_wait_also_when_a_request_hangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    String id = newId();
    comfy.submit(graph(), id, List.of("9"));
    server.on(
        "GET /history",
        (_, _) -> {
          hold(never);
          return false;
        });
    AtomicReference<Failure> failure = new AtomicReference<>();
    Thread follower = Thread.ofPlatform().start(() -> failure.set(lost(id)));
    await().until(() -> server.count("GET", "/history") > 0);

    comfy.declareLost(FOUND);
    follower.join(Duration.ofSeconds(20));

    never.countDown();
    assertThat(failure.get()).isInstanceOf(Failure.ServerLost.class);
    assertThat(failure.get().sentence())
        .isEqualTo(
            "following job %s: %s — the job is looked for when the server is back, or sent again"
                .formatted(id, FOUND));
  }

  @Test
  void a_loss_between_sending_and_following_is_heard_of_and_the_next_job_is_not_concerned()
      throws Exception {
    String id = newId();
    comfy.submit(graph(), id, List.of("9"));
    comfy.declareLost(FOUND);
    assertThat(lost(id)).isInstanceOf(Failure.ServerLost.class);

    server.next(each -> server.finish(each, SUCCESS));
    assertThat(run().outputs()).hasSize(1);
  }

  @Test
  void a_new_connection_is_cause_to_look_in_the_queue_at_once() throws Exception {
    ComfyServer patient = client(settings().with(FAST.withQueue(Duration.ofHours(1))));
    server.next(
        id -> {
          server.emit("execution_start", "{\"prompt_id\":\"" + id + "\"}");
          server.forgetAll();
          server.socket().drop();
        });
    String id = newId();
    patient.submit(graph(), id, List.of("9"));

    Failure failure =
        catchThrowableOfType(
                FailureException.class, () -> patient.follow(id, "HIGH", JobListener.NONE))
            .failure();

    patient.close();
    assertThat(failure).isInstanceOf(Failure.ServerLost.class);
    assertThat(failure.found())
        .isEqualTo("the job is neither in the server's queue nor in its history, read twice");
  }

  @Test
  void the_socket_comes_back_as_soon_as_the_server_answers() throws Exception {
    server.onJson("GET /system_stats", 200, "{\"system\":{\"comfyui_version\":\"1\",\"argv\":[]}}");
    // Refused handshakes make the pauses grow to 15 s.
    server.onJson("GET /ws", 503, "{}");
    server.next(each -> server.finish(each, SUCCESS));
    run();
    await().atMost(Duration.ofSeconds(30)).until(() -> server.count("GET", "/ws") >= 5);
    server.restore("GET /ws");
    long asked = System.nanoTime();
    comfy.awaitReady(Duration.ofSeconds(5));

    await().atMost(Duration.ofSeconds(30)).until(() -> !server.sockets().isEmpty());
    // The fifth pause lasts 4 s at least.
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(4));
  }

  private Failure lost(String id) {
    return catchThrowableOfType(
            FailureException.class, () -> comfy.follow(id, "HIGH", JobListener.NONE))
        .failure();
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
