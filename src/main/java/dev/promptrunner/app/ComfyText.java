package dev.promptrunner.app;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.comfy.ServerStats;
import dev.promptrunner.comfy.process.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is seen of servers, in words and as JSON. */
final class ComfyText {
  private static final JsonMapper JSON = new JsonMapper();

  private ComfyText() {}

  static String of(List<ServerStatus> servers) {
    StringBuilder text = new StringBuilder();
    servers.forEach(server -> describe(server, text));
    return text.toString().stripTrailing();
  }

  private static void describe(ServerStatus server, StringBuilder text) {
    text.append(server.address()).append(' ').append(state(server)).append('\n');
    server
        .own()
        .ifPresent(
            own ->
                line(
                    text,
                    "process",
                    "%d, by %s, up %s, %s in memory"
                        .formatted(
                            own.pid(),
                            own.by(),
                            time(own.uptime()),
                            new ByteSize(own.resident()))));
    server.answer().ifPresent(answer -> describe(answer, text));
    if (server.own().isPresent()) {
      line(text, "last error", server.lastError().orElse("none since its start"));
      line(text, "log", server.log().toString());
    }
  }

  private static String state(ServerStatus server) {
    if (server.running()) {
      return server.own().isPresent() ? "runs" : "runs; it was not started from here";
    }
    return server.own().isPresent() ? "lives, but does not answer" : "does not run";
  }

  private static void describe(ServerStatus.Answer answer, StringBuilder text) {
    ServerStats stats = answer.stats();
    line(text, "version", "ComfyUI %s, PyTorch %s".formatted(stats.version(), stats.torch()));
    line(text, "flags", String.join(" ", flags(stats)));
    line(
        text,
        "queue",
        "%d running, %d waiting"
            .formatted(answer.queue().running().size(), answer.queue().pending().size()));
    for (ServerStats.Device device : stats.devices()) {
      line(
          text,
          "VRAM",
          "%s of %s free on %s"
              .formatted(
                  new ByteSize(device.vramFree()),
                  new ByteSize(device.vramTotal()),
                  device.name()));
    }
  }

  private static List<String> flags(ServerStats stats) {
    return stats.argv().isEmpty() ? List.of() : stats.argv().subList(1, stats.argv().size());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-11s %s%n", name, value));
  }

  /** {@code 3.2 s}, {@code 12 min}, {@code 26 h 5 min}. */
  static String time(Duration time) {
    if (time.toMinutes() < 2) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** One object for each server, in a list. */
  static String json(List<ServerStatus> servers) {
    ArrayNode all = JSON.createArrayNode();
    servers.forEach(server -> write(server, all.addObject()));
    return JSON.writeValueAsString(all);
  }

  private static void write(ServerStatus server, ObjectNode json) {
    json.put("url", server.address()).put("running", server.running());
    server
        .own()
        .ifPresent(
            own ->
                json.put("pid", own.pid())
                    .put("started_by", own.by())
                    .put("uptime_seconds", own.uptime().toSeconds())
                    .put("resident_bytes", own.resident())
                    .put("log", server.log().toString()));
    server.lastError().ifPresent(error -> json.put("last_error", error));
    server.answer().ifPresent(answer -> write(answer, json));
  }

  private static void write(ServerStatus.Answer answer, ObjectNode json) {
    json.put("version", answer.stats().version()).put("pytorch", answer.stats().torch());
    ArrayNode flags = json.putArray("flags");
    flags(answer.stats()).forEach(flags::add);
    json.put("queue_running", answer.queue().running().size())
        .put("queue_pending", answer.queue().pending().size());
    ArrayNode devices = json.putArray("devices");
    for (ServerStats.Device device : answer.stats().devices()) {
      devices
          .addObject()
          .put("name", device.name())
          .put("type", device.type())
          .put("vram_total", device.vramTotal())
          .put("vram_free", device.vramFree());
    }
  }
}
