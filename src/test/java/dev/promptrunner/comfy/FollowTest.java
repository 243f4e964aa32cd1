package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Following a job")
class FollowTest extends ComfyTest {

  private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(FailureException.class, call).failure();
  }

  @Test
  void survives_a_socket_dropped_at_the_moment_of_completion_thirty_times() throws Exception {
    ComfyServer normal = client(ComfySettings.of(server.url()));
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      AtomicLong finished = new AtomicLong();
      int opened = server.sockets().size();
      server.next(
          id -> {
            server.emit("execution_start", "{\"prompt_id\":\"" + id + "\"}");
            server.socket().drop();
            server.finishSilently(id, SUCCESS);
            finished.set(System.nanoTime());
          });
      String id = newId();
      normal.submit(graph(), id, List.of());
      assertThat(normal.follow(id, JobListener.NONE).outputs()).hasSize(1);
      delays.add(Duration.ofNanos(System.nanoTime() - finished.get()));
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> server.sockets().size() > Math.max(1, opened));
    }
    normal.close();

    assertThat(server.prompts()).hasSize(30);
    assertThat(delays).allSatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(1)));
  }

  @Test
  void waits_for_the_history_that_is_written_after_the_success() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.next(
        id -> {
          server.emit("execution_success", "{\"prompt_id\":\"" + id + "\"}");
          await().until(() -> server.count("GET", "/history/" + id) >= 3);
          asked.countDown();
          server.finishSilently(id, SUCCESS);
        });

    assertThat(run().outputs()).hasSize(1);
    assertThat(asked.getCount()).isZero();
  }

  @Test
  void finds_the_end_by_polling_when_the_socket_is_deaf_and_connects_again() throws Exception {
    server.next(id -> server.finish(id, SUCCESS));
    run();
    int before = server.sockets().size();
    server.deaf(true);
    server.next(id -> server.finish(id, SUCCESS));

    assertThat(run().outputs()).hasSize(1);
    server.deaf(false);
    await().atMost(Duration.ofSeconds(5)).until(() -> server.sockets().size() > before);
    assertThat(server.socket().clientId()).isEqualTo(comfy.clientId());
  }

  @Test
  void returns_to_the_socket_after_a_deaf_spell() throws Exception {
    server.deaf(true);
    server.next(id -> server.finish(id, SUCCESS));
    run();
    server.deaf(false);
    await().atMost(Duration.ofSeconds(5)).until(() -> server.sockets().size() > 1);
    await().until(() -> !server.socket().received().isEmpty());
    server.next(
        id -> {
          server.emit(
              "progress", "{\"value\":1,\"max\":2,\"node\":\"54\",\"prompt_id\":\"" + id + "\"}");
          heard(ServerEvent.Progress.class);
          server.finish(id, SUCCESS);
        });
    run();

    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Progress.class);
  }

  @Test
  void works_without_any_socket() throws Exception {
    server.onJson("GET /ws", 404, "{}");
    server.next(id -> server.finishSilently(id, SUCCESS));

    assertThat(run().outputs()).hasSize(1);
  }

  @Test
  void a_job_that_nobody_knows_any_more_is_lost_after_two_double_reads() {
    server.next(_ -> server.forgetAll());

    Failure failure = failure(this::run);

    assertThat(failure).isInstanceOf(Failure.ServerLost.class);
    assertThat(failure.found())
        .isEqualTo("the job is neither in the server's queue nor in its history, read twice");
    assertThat(server.count("GET", "/queue")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_job_that_reappears_between_the_double_reads_is_not_lost() throws Exception {
    String id = newId();
    AtomicReference<String> once =
        new AtomicReference<>("{\"queue_running\":[],\"queue_pending\":[]}");
    server.on(
        "GET /queue",
        (_, socket) -> {
          LoopbackServer.json(socket, 200, once.get());
          server.finishSilently(id, SUCCESS);
          return true;
        });
    server.on(
        "GET /history",
        (_, socket) -> {
          boolean early = server.count("GET", "/queue") < 2;
          LoopbackServer.json(socket, 200, early ? "{}" : "{\"" + id + "\":" + SUCCESS + "}");
          return true;
        });

    assertThat(comfy.follow(id, JobListener.NONE).outputs()).hasSize(1);
  }

  @Test
  void a_queue_that_grows_slow_is_no_dead_server() throws Exception {
    ComfySettings patient = settings().with(settings().timeouts().withRead(Duration.ofMillis(150)));
    try (ComfyServer slow = client(patient)) {
      CountDownLatch hold = new CountDownLatch(1);
      server.on(
          "GET /history",
          (_, socket) -> {
            hold(hold);
            return false;
          });
      String id = newId();
      slow.submit(graph(), id, List.of());
      CompletableFuture<JobResult> result = follow(slow, id);
      await().until(() -> server.count("GET", "/history") >= 3);
      assertThat(result).isNotDone();
      server.finish(id, SUCCESS);
      server.restore("GET /history");
      hold.countDown();

      assertThat(result.get(5, TimeUnit.SECONDS).outputs()).hasSize(1);
    }
  }

  @Test
  void a_server_that_refuses_connections_for_a_while_is_lost() throws Exception {
    ComfySettings quick =
        settings()
            .with(settings().timeouts().withLost(Duration.ofMillis(300), Duration.ofSeconds(9)));
    try (ComfyServer client = client(quick)) {
      String id = newId();
      client.submit(graph(), id, List.of());
      server.close();

      Failure failure = failure(() -> client.follow(id, JobListener.NONE));

      assertThat(failure).isInstanceOf(Failure.ServerLost.class);
      assertThat(failure.sentence()).contains("it refuses connections", "must be sent again");
    }
  }

  @Test
  void a_job_without_progress_is_stalled_and_one_with_progress_is_not() throws Exception {
    ComfySettings quick =
        settings()
            .with(settings().timeouts().withStall(Duration.ofMillis(600), Duration.ofMillis(600)));
    try (ComfyServer client = client(quick)) {
      String id = newId();
      server.next(
          each -> {
            for (int i = 0; i < 6; i++) {
              TimeUnit.MILLISECONDS.sleep(200);
              server.emit(
                  "progress",
                  "{\"value\":" + i + ",\"max\":9,\"node\":\"54\",\"prompt_id\":\"" + each + "\"}");
            }
          });
      client.submit(graph(), id, List.of());

      Failure failure = failure(() -> client.follow(id, events::add));

      assertThat(failure).isInstanceOf(Failure.Stalled.class);
      assertThat(failure.found()).isEqualTo("no progress for 0.6 s, and it is not finished");
      assertThat(events).filteredOn(ServerEvent.Progress.class::isInstance).hasSize(6);
    }
  }

  @Test
  void a_waiting_job_is_not_stalled() throws Exception {
    ComfySettings quick =
        settings()
            .with(settings().timeouts().withStall(Duration.ofMillis(500), Duration.ofMillis(500)));
    try (ComfyServer client = client(quick)) {
      server.enqueue(newId(), graph());
      String id = newId();
      client.submit(graph(), id, List.of());
      CompletableFuture<JobResult> result = follow(client, id);
      await().during(Duration.ofMillis(1200)).until(() -> !result.isDone());
      server.finish(id, SUCCESS);

      assertThat(result.get(5, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void a_blocked_node_does_not_end_the_job() throws Exception {
    server.next(
        id -> {
          server.emit(
              "execution_error",
              "{\"prompt_id\":\""
                  + id
                  + "\",\"exception_type\":\"ExecutionBlocked\",\"node_id\":\"9\"}");
          server.finish(id, SUCCESS);
        });

    assertThat(run().outputs()).hasSize(1);
  }

  @Test
  void a_success_with_an_error_among_its_messages_has_failed() {
    server.next(
        id ->
            server.finish(
                id,
                "{\"outputs\":{},\"status\":{\"status_str\":\"success\",\"messages\":[[\"execution_error\","
                    + "{\"node_id\":\"7\",\"node_type\":\"Loop\",\"exception_type\":\"graph.DependencyCycleError\",\"exception_message\":\"Dependency"
                    + " cycle detected\\n"
                    + "\"}]]}}"));

    Failure failure = failure(this::run);

    assertThat(failure).isInstanceOf(Failure.Rejected.class);
    assertThat(failure.found()).contains("node 7 (Loop)", "Dependency cycle detected");
  }

  @Test
  void numbers_that_json_does_not_know_are_read() throws Exception {
    server.next(
        id -> {
          server.emit(
              "progress",
              "{\"value\":NaN,\"max\":Infinity,\"node\":\"54\",\"prompt_id\":\"" + id + "\"}");
          heard(ServerEvent.Progress.class);
          server.finish(
              id, SUCCESS.replace("\"type\":\"output\"", "\"type\":\"output\",\"gain\":-Infinity"));
        });

    assertThat(run().outputs()).hasSize(1);
    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Progress.class);
  }

  @Test
  void a_message_of_sixty_megabytes_arrives_whole() throws Exception {
    comfy.close();
    comfy = client(ComfySettings.of(server.url())); // no pong overtakes it, so a ping waits long
    int size = 60 * 1024 * 1024;
    server.next(
        id -> {
          byte[] about =
              ("{\"node_id\":\"54\",\"prompt_id\":\"" + id + "\",\"image_type\":\"image/png\"}")
                  .getBytes(StandardCharsets.UTF_8);
          server.emit(ByteBuffer.allocate(size).putInt(4).putInt(about.length).put(about).array());
          heard(ServerEvent.Preview.class);
          server.finish(id, SUCCESS);
        });
    run();

    assertThat(events)
        .filteredOn(ServerEvent.Preview.class::isInstance)
        .singleElement()
        .satisfies(
            preview ->
                assertThat(((ServerEvent.Preview) preview).image()).hasSizeGreaterThan(size - 200));
    assertThat(server.sockets())
        .filteredOn(socket -> socket.clientId().equals(comfy.clientId()))
        .hasSize(1);
  }

  @Test
  void a_slow_listener_never_stops_the_socket() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    server.next(
        id -> {
          for (int i = 0; i < 2_000; i++) {
            server.emit(
                "progress",
                "{\"value\":" + i + ",\"max\":20000,\"node\":\"54\",\"prompt_id\":\"" + id + "\"}");
            server.emit(ByteBuffer.allocate(20_000).putInt(1).putInt(1).array()); // 40 MB in all
          }
          server.finish(id, SUCCESS);
          sent.countDown();
        });
    String id = newId();
    comfy.submit(graph(), id, List.of());
    CompletableFuture<JobResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () ->
                complete(
                    result,
                    () ->
                        comfy.follow(
                            id,
                            event -> {
                              hold(release);
                              events.add(event);
                            })));

    assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    assertThat(result.get(5, TimeUnit.SECONDS).outputs()).hasSize(1);
    assertThat(events).hasSizeLessThan(4_000);
  }

  @Test
  void an_interrupt_ends_the_wait_at_once() throws Exception {
    String id = newId();
    comfy.submit(graph(), id, List.of());
    server.on(
        "GET /history",
        (_, socket) -> {
          hold(new CountDownLatch(1));
          return false;
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread follower =
        Thread.ofPlatform()
            .start(
                () ->
                    thrown.set(
                        catchThrowableOfType(
                            InterruptedException.class, () -> comfy.follow(id, JobListener.NONE))));
    await().until(() -> server.count("GET", "/history") > 0);
    follower.interrupt();
    follower.join(Duration.ofSeconds(3));

    assertThat(follower.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_job_of_an_earlier_process_is_adopted_running_or_finished() throws Exception {
    String running = newId();
    String finished = newId();
    server.enqueue(running, graph());
    server.finishSilently(finished, SUCCESS);

    assertThat(comfy.whereIs(running)).isEqualTo(new Place.Running());
    assertThat(comfy.whereIs(finished)).isInstanceOf(Place.Finished.class);
    assertThat(comfy.whereIs(newId())).isEqualTo(new Place.Unknown());
    assertThat(comfy.follow(finished, JobListener.NONE).outputs()).hasSize(1);
    CompletableFuture<JobResult> result = follow(comfy, running);
    server.finish(running, SUCCESS);
    assertThat(result.get(5, TimeUnit.SECONDS).outputs()).hasSize(1);
  }

  @Test
  void the_handshake_is_the_first_message_of_each_connection() throws Exception {
    server.next(id -> server.finish(id, SUCCESS));
    run();
    server.socket().drop();
    await().atMost(Duration.ofSeconds(5)).until(() -> server.sockets().size() == 2);
    await().until(() -> !server.socket().received().isEmpty());

    assertThat(server.sockets())
        .allSatisfy(
            socket ->
                assertThat(socket.received().getFirst())
                    .contains("feature_flags", "\"supports_preview_metadata\":true"));
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("origin"));
  }

  @Test
  void the_socket_is_pinged() throws Exception {
    server.next(id -> server.finish(id, SUCCESS));
    run();

    await().atMost(Duration.ofSeconds(5)).until(() -> server.socket().pings() >= 1);
  }

  @Test
  void a_previews_job_is_the_one_that_spoke_last_when_the_server_does_not_say() throws Exception {
    server.next(
        id -> {
          server.emit("executing", "{\"node\":\"54\",\"prompt_id\":\"" + id + "\"}");
          server.emit(ByteBuffer.allocate(12).putInt(1).putInt(2).putInt(7).array());
          server.emit(
              ByteBuffer.allocate(13)
                  .putInt(3)
                  .putInt(2)
                  .put("54hello".getBytes(StandardCharsets.UTF_8), 0, 5)
                  .array());
          heard(ServerEvent.Text.class);
          server.finish(id, SUCCESS);
        });
    run();

    assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Preview.class);
    assertThat(events).contains(new ServerEvent.Text("54", "hel"));
  }

  @Test
  void an_unexpected_listener_error_is_not_swallowed() {
    server.next(id -> server.finish(id, SUCCESS));
    String id = newId();

    assertThatThrownBy(
            () -> {
              comfy.submit(graph(), id, List.of());
              comfy.follow(
                  id,
                  _ -> {
                    throw new IllegalStateException("mine");
                  });
            })
        .hasMessage("mine");
  }

  private void heard(Class<? extends ServerEvent> kind) {
    await().until(() -> events.stream().anyMatch(kind::isInstance));
  }

  private static CompletableFuture<JobResult> follow(ComfyServer client, String id) {
    CompletableFuture<JobResult> result = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> complete(result, () -> client.follow(id, JobListener.NONE)));
    return result;
  }

  private static void complete(
      CompletableFuture<JobResult> result, java.util.concurrent.Callable<JobResult> work) {
    try {
      result.complete(work.call());
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
