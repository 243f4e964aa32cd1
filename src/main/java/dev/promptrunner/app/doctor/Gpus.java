package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.pod.ProcessRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The graphics cards of this machine, as their makers' programs tell. */
final class Gpus {
  private static final String NAME = "GPU";
  private static final long MEBIBYTE = 1024L * 1024;
  private static final Pattern CARD = Pattern.compile("card(\\d+)");

  private Gpus() {}

  /**
   * A finding for each card.
   *
   * @param needed whether a server on this machine is to render on one
   */
  static List<Finding> look(Machine machine, boolean needed) throws InterruptedException {
    Optional<ProcessRunner.Result> nvidia =
        machine.run(
            "nvidia-smi",
            "--query-gpu=index,name,memory.total,memory.used,driver_version",
            "--format=csv,noheader,nounits");
    if (nvidia.isPresent()) {
      return nvidia(nvidia.get());
    }
    Optional<ProcessRunner.Result> amd =
        machine.run("rocm-smi", "--showproductname", "--showmeminfo", "vram", "--json");
    return amd.isPresent() ? amd(amd.get()) : List.of(none(needed));
  }

  private static Finding none(boolean needed) {
    String found = "none here: there is neither nvidia-smi nor rocm-smi";
    return needed
        ? Finding.warning(
            Area.MACHINE,
            NAME,
            found,
            "start the container with its GPUs (docker run --gpus all), or rent a pod with one")
        : Finding.ok(Area.MACHINE, NAME, found + "; none is needed here");
  }

  private static List<Finding> nvidia(ProcessRunner.Result result) {
    if (result.timedOut() || result.exitCode() != 0) {
      return List.of(silent("nvidia-smi", result));
    }
    List<Finding> cards = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      String[] cells = line.split("\\s*,\\s*");
      if (cells.length == 5) {
        cards.add(nvidia(cells));
      }
    }
    return cards.isEmpty() ? List.of(silent("nvidia-smi", result)) : List.copyOf(cards);
  }

  private static Finding nvidia(String[] cells) {
    String memory =
        memory(number(cells[2]) * MEBIBYTE, number(cells[3]) * MEBIBYTE).orElse("memory unknown");
    return Finding.ok(
        Area.MACHINE,
        NAME + " " + cells[0],
        "%s, %s, driver %s".formatted(cells[1], memory, cells[4]));
  }

  private static List<Finding> amd(ProcessRunner.Result result) {
    if (result.timedOut() || result.exitCode() != 0) {
      return List.of(silent("rocm-smi", result));
    }
    try {
      // Warnings may stand before it.
      int start = Math.max(0, result.output().indexOf('{'));
      JsonNode answer = JsonMapper.shared().readTree(result.output().substring(start));
      List<Finding> cards = new ArrayList<>();
      answer
          .properties()
          .forEach(card -> amd(card.getKey(), card.getValue()).ifPresent(cards::add));
      return cards.isEmpty() ? List.of(silent("rocm-smi", result)) : List.copyOf(cards);
    } catch (JacksonException e) {
      return List.of(silent("rocm-smi", result));
    }
  }

  private static Optional<Finding> amd(String card, JsonNode facts) {
    var number = CARD.matcher(card);
    if (!number.matches()) {
      return Optional.empty();
    }
    String name =
        facts.path("Card Series").asString(facts.path("Card series").asString("AMD card"));
    String memory =
        memory(
                number(facts.path("VRAM Total Memory (B)").asString("")),
                number(facts.path("VRAM Total Used Memory (B)").asString("")))
            .orElse("memory unknown");
    return Optional.of(
        Finding.ok(Area.MACHINE, NAME + " " + number.group(1), name + ", " + memory));
  }

  private static Optional<String> memory(long total, long used) {
    return total <= 0
        ? Optional.empty()
        : Optional.of(
            "%s VRAM, %s of it free"
                .formatted(new ByteSize(total), new ByteSize(Math.max(0, total - used))));
  }

  private static long number(String text) {
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  private static Finding silent(String program, ProcessRunner.Result result) {
    String end =
        result.timedOut()
            ? "does not end"
            : "ended with code " + result.exitCode() + ": " + firstLine(result.output());
    return Finding.problem(
        Area.MACHINE,
        NAME,
        program + " " + end,
        "the driver does not reach the card: restart the pod, and when that does not help take"
            + " another machine");
  }

  private static String firstLine(String output) {
    return output.lines().filter(line -> !line.isBlank()).findFirst().orElse("it says nothing");
  }
}
