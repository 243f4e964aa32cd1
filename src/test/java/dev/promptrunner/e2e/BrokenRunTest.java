package dev.promptrunner.e2e;

import static dev.promptrunner.testing.FakeProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.testing.FakeProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that breaks off in the middle of a night: its pod costs money like any other. */
@Timeout(120)
class BrokenRunTest {
  private static final String STOP = "PUT /api/v0/instances/42/";
  private static final String TERMINATE = "DELETE /api/v0/instances/42/";
  private static final String STATE = "GET /api/v0/instances/42/";
  private static final int FRAMES = 8;

  @TempDir Path folder;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private FakeProvider vast;
  private Studio studio;

  @BeforeEach
  void aPod() throws Exception {
    String state = "{\"instances\":{\"cur_state\":\"stopped\",\"actual_status\":\"stopped\"}}";
    vast =
        new FakeProvider().on(STOP, reply(200, "{\"success\":true}")).on(STATE, reply(200, state));
    studio =
        new Studio(folder)
            .set("engine", "simulator")
            .set("frames-per-chunk", FRAMES)
            .set("deliver", "file://" + Files.createDirectory(folder.resolve("bucket")))
            .set("after", "terminate")
            .set("pod.vast-url", vast.url())
            .variable("CONTAINER_ID", "42")
            .variable("CONTAINER_API_KEY", "vk")
            .prompt("walk", FRAMES, 20);
  }

  @AfterEach
  void end() {
    vast.close();
  }

  @Test
  void stops_the_pod_when_the_disk_keeps_what_is_undelivered_and_the_policy_says_so() {
    studio.set("pod.undelivered", "stop");

    assertThatThrownBy(this::brokenRun).hasMessage("the store is gone");

    assertThat(vast.calls()).contains(STOP).doesNotContain(TERMINATE);
    assertThat(warnings())
        .contains(
            "it broke off: the store is gone; what is finished is kept: see the log, and give the"
                + " same command again");
    assertThat(events).hasAtLeastOneElementOfType(RunEvent.PodStopped.class);
  }

  @Test
  void leaves_the_pod_up_with_a_word_when_the_policy_says_so() {
    studio.set("pod.undelivered", "stay");

    assertThatThrownBy(this::brokenRun).hasMessage("the store is gone");

    assertThat(vast.calls()).doesNotContain(STOP, TERMINATE);
    assertThat(warnings()).last().asString().contains("the pod stays up, and its bill runs on");
  }

  @Test
  void the_pods_refusal_does_not_hide_what_broke_the_run() {
    studio.set("pod.undelivered", "stop").set("engine", "simulator");

    assertThatThrownBy(
            () ->
                studio.run(
                    InstantSource.system(),
                    Sleeper.SYSTEM,
                    event -> {
                      breakOn(event);
                      if (event instanceof RunEvent.PodStopping) {
                        throw new IllegalStateException("no way to stop it");
                      }
                    }))
        .hasMessage("the store is gone")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .contains("no way to stop it"));
  }

  private void brokenRun() throws Exception {
    studio.run(InstantSource.system(), Sleeper.SYSTEM, this::breakOn);
  }

  /** As the store would: whoever stores and tells an event meets it on the run's own thread. */
  private void breakOn(RunEvent event) {
    events.add(event);
    if (event instanceof RunEvent.JobDone) {
      throw new IllegalStateException("the store is gone");
    }
  }

  private List<String> warnings() {
    return events.stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).message())
        .toList();
  }
}
