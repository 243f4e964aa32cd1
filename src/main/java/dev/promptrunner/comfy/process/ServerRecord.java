package dev.promptrunner.comfy.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of a started process, so that another program finds it: in a file of its own.
 *
 * @param started in clock ticks since the machine's start
 * @param boot which start of the machine
 * @param at when it was started
 */
record ServerRecord(
    long pid, long started, String boot, Instant at, String url, String command, Starter by) {
  private static final Logger log = LoggerFactory.getLogger(ServerRecord.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Who decides when it ends. */
  enum Starter {
    /** A run: its normal end stops it, also when an earlier run had started it. */
    RUN("run"),
    /** A person, by {@code comfyui start}: only {@code comfyui stop} stops it. */
    PERSON("comfyui start");

    private final String words;

    Starter(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** The process, if it is still the one that was started. */
  boolean isAlive(ProcFs processes) {
    return boot.equals(processes.boot())
        && processes.stat(pid).filter(s -> s.alive() && s.started() == started).isPresent();
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    JsonNode json =
        JSON.createObjectNode()
            .put("pid", pid)
            .put("started", started)
            .put("boot", boot)
            .put("at", at.toString())
            .put("url", url)
            .put("command", command)
            .put("by", by.name().toLowerCase(Locale.ROOT));
    Files.write(part, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Empty when there is no file, or none that this program wrote whole. */
  static Optional<ServerRecord> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(JSON.readTree(Files.readAllBytes(file))));
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      log.warn("{} is not a record of a server, it is taken as absent: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static ServerRecord of(JsonNode json) {
    return new ServerRecord(
        json.path("pid").longValue(),
        json.path("started").longValue(),
        json.path("boot").asString(),
        Instant.parse(json.path("at").asString()),
        json.path("url").asString(),
        json.path("command").asString(),
        Starter.valueOf(json.path("by").asString().toUpperCase(Locale.ROOT)));
  }
}
