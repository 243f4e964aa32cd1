package dev.promptrunner.event;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventFuzzTest {
  private static final Instant AT = Instant.parse("2026-11-21T09:30:15Z");
  private static final JobId JOB = new JobId("walk_3f2a91c0/job_003");

  @Test
  void a_stored_event_is_read_skipped_or_refused() {
    List<byte[]> events =
        Stream.of(
                new RunEvent.RunStarted(AT, RunId.of(AT, 1), "comfyui", 2, 30),
                new RunEvent.JobStarted(AT, JOB, "HIGH", "http://gpu1:8188", 1, true),
                new RunEvent.JobDone(AT, JOB, "LOW", Duration.ofMillis(71_250), 100),
                new RunEvent.Spent(
                    AT, "walk", Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(31), 0.44),
                new RunEvent.RunFinished(AT, RunId.of(AT, 1), 1, 1, Duration.ofMinutes(9), 1))
            .map(event -> EventJson.write(event).getBytes(StandardCharsets.UTF_8))
            .toList();
    Fuzz.run(
        "event",
        events,
        input -> {
          String line = new String(input, StandardCharsets.UTF_8);
          EventJson.read(line).ifPresent(EventJson::write);
        },
        IllegalArgumentException.class);
  }
}
