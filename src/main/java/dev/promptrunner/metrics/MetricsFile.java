package dev.promptrunner.metrics;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.RunId;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run's numbers as {@code metrics/RUN.json} under the output root: whole or absent. */
final class MetricsFile {
  private static final Logger log = LoggerFactory.getLogger(MetricsFile.class);
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private final RunId run;
  private final Alarm broken = new Alarm();

  MetricsFile(Path root, RunId run) {
    this.file = root.resolve("metrics").resolve(run + ".json");
    this.run = run;
  }

  /** A disk that refuses it costs only the numbers; that is told once. */
  void write(MeterRegistry registry, Instant now, boolean finished) {
    try {
      Files.createDirectories(file.getParent());
      replace(text(registry, now, finished));
      broken.rings(false, true);
    } catch (IOException e) {
      if (broken.rings(true, false)) {
        log.warn(
            "writing the run's numbers to {}: {} — make room; the run goes on",
            file,
            IoReason.of(e));
      }
    }
  }

  private void replace(String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part); // on a full disk a half one would stay
    }
  }

  private String text(MeterRegistry registry, Instant now, boolean finished) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run", run.value());
    json.put("at", now.toString());
    json.put("finished", finished);
    ArrayNode meters = json.putArray("meters");
    registry.getMeters().stream()
        .sorted(Comparator.comparing(MetricsFile::order))
        .forEach(meter -> add(meter, meters.addObject()));
    return MAPPER.writeValueAsString(json) + "\n";
  }

  private static String order(Meter meter) {
    return meter.getId().getName() + meter.getId().getTags();
  }

  /** The maximum of a timer decays with the clock, so it tells nothing afterwards. */
  private static void add(Meter meter, ObjectNode json) {
    json.put("name", meter.getId().getName());
    List<Tag> tags = meter.getId().getTags();
    tags.forEach(tag -> json.put(tag.getKey(), tag.getValue()));
    for (Measurement measurement : meter.measure()) {
      String statistic = measurement.getStatistic().name().toLowerCase(Locale.ROOT);
      if (!statistic.equals("max")) {
        json.put(named(meter, statistic), measurement.getValue());
      }
    }
  }

  private static String named(Meter meter, String statistic) {
    return switch (meter.getId().getType()) {
      case TIMER -> statistic.equals("total_time") ? "seconds" : statistic;
      default -> statistic;
    };
  }
}
