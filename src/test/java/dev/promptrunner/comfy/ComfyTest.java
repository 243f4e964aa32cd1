package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.testing.ScriptedComfy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.node.ObjectNode;

/** A scripted server and a client of it, with pauses short enough for tests. */
abstract class ComfyTest {
  static final String GRAPH =
      """
      {"4":{"class_type":"WanVideoModelLoader","inputs":{"model":"missing.gguf"},
            "_meta":{"title":"High noise model"}},
       "54":{"class_type":"WanVideoSampler","inputs":{"seed":18446744073709551615,"model":["4",0]}},
       "9":{"class_type":"SaveImage","inputs":{"images":["54",0]}}}
      """;
  static final String SUCCESS =
      "{\"outputs\":{\"9\":{\"images\":[{\"filename\":\"x_00001_.png\",\"subfolder\":\"a\",\"type\":\"output\"}]}},"
          + "\"status\":{\"status_str\":\"success\",\"completed\":true,\"messages\":[]}}";

  static final ComfySettings.Polling FAST =
      new ComfySettings.Polling(
          Duration.ofMillis(200),
          Duration.ofMillis(50),
          Duration.ofMillis(10),
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofSeconds(1));

  final List<ServerEvent> events = new CopyOnWriteArrayList<>();
  ScriptedComfy server;
  ComfyServer comfy;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedComfy();
    comfy = client(settings());
  }

  @AfterEach
  void stop() throws IOException {
    comfy.close();
    server.close();
    assertThat(server.troubles()).isEmpty();
  }

  ComfySettings settings() {
    return ComfySettings.of(server.url()).with(FAST);
  }

  static ComfyServer client(ComfySettings settings) {
    return new ComfyServer(
        settings, UUID.randomUUID().toString(), InstantSource.system(), Sleeper.SYSTEM);
  }

  static ObjectNode graph() {
    return (ObjectNode) Json.MAPPER.readTree(GRAPH);
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Sends the usual graph and follows it to its end. */
  JobResult run() throws FailureException, InterruptedException {
    String id = newId();
    assertThat(comfy.submit(graph(), id, List.of("9"))).isInstanceOf(Submission.Queued.class);
    return comfy.follow(id, events::add);
  }

  static OutputFile output(String filename, String subfolder) {
    return new OutputFile("9", "images", filename, subfolder, "output", java.util.Optional.empty());
  }
}
