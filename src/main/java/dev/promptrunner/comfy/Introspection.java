package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What a server is and has. */
final class Introspection {
  private static final Logger log = LoggerFactory.getLogger(Introspection.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Http http;
  private final InstantSource clock;
  private final Sleeper sleeper;

  Introspection(Http http, InstantSource clock, Sleeper sleeper) {
    this.http = http;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  ServerStats stats() throws FailureException, InterruptedException {
    return http.retries().run(this::statsOnce);
  }

  private ServerStats statsOnce() throws FailureException, InterruptedException {
    String attempted = "asking the server what it is";
    JsonNode answer = http.getOnce(attempted, "system_stats");
    if (!answer.path("system").has("comfyui_version") && !answer.path("system").has("argv")) {
      throw new FailureException(
          new Failure.Rejected(
              attempted,
              http.address()
                  + " is not a ComfyUI server: its /system_stats says nothing of ComfyUI",
              "give the address of a ComfyUI server"));
    }
    return ServerStats.of(answer);
  }

  /**
   * The port opens only after all custom nodes are imported, so a refused connection means a start
   * in progress, and so may a proxy's error page. An answer of something else ends the wait.
   */
  ServerStats awaitReady(Duration wait) throws FailureException, InterruptedException {
    Instant deadline = clock.instant().plus(wait);
    while (true) {
      try {
        return statsOnce();
      } catch (FailureException e) {
        boolean mayCome =
            e.failure() instanceof Failure.ServerLost || e.failure() instanceof Failure.Transient;
        if (!mayCome) {
          throw e;
        }
        if (!clock.instant().plus(PAUSE).isBefore(deadline)) {
          throw neverCame(wait, e);
        }
      }
      sleeper.sleep(PAUSE);
    }
  }

  private FailureException neverCame(Duration wait, FailureException last) {
    return new FailureException(
        new Failure.ServerLost(
            wait.isZero()
                ? "looking for ComfyUI at " + http.address()
                : "waiting " + wait.toSeconds() + " s for ComfyUI at " + http.address(),
            last.failure().found(),
            "start ComfyUI, or say where it is with --comfyui URL"),
        last);
  }

  JsonNode objectInfo() throws FailureException, InterruptedException {
    return http.get("reading the server's node classes", "object_info");
  }

  /** Empty when the server has no such class, which it answers with 200 and nothing. */
  Optional<JsonNode> objectInfo(String className) throws FailureException, InterruptedException {
    return http.get("reading node class " + className, "object_info", className)
        .optional(className);
  }

  /** What a choice input offers, as far as the server tells; used to explain a refusal. */
  Rejection.Allowed choices(String className, String input) {
    try {
      return objectInfo(className)
          .flatMap(info -> Choices.ofClass(info, input))
          .orElseGet(Rejection.Allowed.Unsaid::new);
    } catch (FailureException e) {
      log.debug("the choices of {} stay unknown: {}", className, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the refusal is told without the choices
    }
    return new Rejection.Allowed.Unsaid();
  }

  Folders folders() throws FailureException, InterruptedException {
    ServerStats stats = stats();
    Folders told = Folders.of(stats.argv(), Optional.empty());
    boolean complete = told.input().isPresent() && told.output().isPresent();
    return complete ? told : Folders.of(stats.argv(), baseByCustomNodes());
  }

  /** The folder that holds {@code custom_nodes}, from a route that the server calls internal. */
  private Optional<Path> baseByCustomNodes() throws FailureException, InterruptedException {
    try {
      JsonNode paths = folderPaths().path("custom_nodes");
      JsonNode first = paths.path(0).isArray() ? paths.path(0).path(0) : paths.path(0);
      return Json.text(first)
          .flatMap(Folders::absolute)
          .flatMap(path -> Optional.ofNullable(path.getParent()));
    } catch (FailureException e) {
      log.debug("the server's base folder stays unknown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** An entry is a list of folders, alone or before the list of file endings. */
  Map<String, List<Path>> modelFolders() throws FailureException, InterruptedException {
    Map<String, List<Path>> folders = new TreeMap<>();
    for (Map.Entry<String, JsonNode> kind : folderPaths().properties()) {
      JsonNode listed = kind.getValue();
      List<Path> paths =
          Json.strings(listed.path(0).isArray() ? listed.path(0) : listed).stream()
              .flatMap(text -> Folders.absolute(text).stream())
              .toList();
      folders.put(kind.getKey(), paths);
    }
    return folders;
  }

  private JsonNode folderPaths() throws FailureException, InterruptedException {
    return http.get("reading the server's folders", "internal", "folder_paths");
  }
}
