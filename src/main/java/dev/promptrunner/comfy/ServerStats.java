package dev.promptrunner.comfy;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a server says of itself.
 *
 * @param version ComfyUI's
 * @param argv its command line, the script first
 * @param ramFree bytes
 */
public record ServerStats(
    String version,
    String python,
    String torch,
    List<String> argv,
    long ramTotal,
    long ramFree,
    List<Device> devices) {
  /**
   * A processor that renders.
   *
   * @param type {@code cuda}, {@code cpu} …
   * @param vramFree bytes; a CPU reports the machine's memory
   */
  public record Device(String name, String type, long vramTotal, long vramFree) {}

  static ServerStats of(JsonNode answer) {
    JsonNode system = answer.path("system");
    List<Device> devices = new ArrayList<>();
    for (JsonNode device : answer.path("devices")) {
      devices.add(
          new Device(
              Json.string(device, "name"),
              Json.string(device, "type"),
              device.path("vram_total").asLong(0),
              device.path("vram_free").asLong(0)));
    }
    return new ServerStats(
        Json.string(system, "comfyui_version"),
        Json.string(system, "python_version"),
        Json.string(system, "pytorch_version"),
        Json.strings(system.path("argv")),
        system.path("ram_total").asLong(0),
        system.path("ram_free").asLong(0),
        List.copyOf(devices));
  }
}
