package dev.promptrunner.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final Instant AT = Instant.parse("2026-11-21T09:30:15.123456789Z");
  private static final JobId JOB = new JobId("walk_3f2a91c0/job_003");

  static Stream<Class<?>> types() {
    return Arrays.stream(RunEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("types")
  void every_event_comes_back_as_it_was(Class<?> type) throws Exception {
    Random random = new Random(4711);
    for (int i = 0; i < 50; i++) {
      RunEvent event = random(type, random);
      String line = EventJson.write(event);
      assertThat(line).startsWith("{\"type\":\"" + event.type() + "\",").doesNotContain("\n");
      assertThat(EventJson.read(line)).contains(event);
    }
  }

  @Test
  void fields_stand_in_their_order_in_snake_case() {
    assertThat(EventJson.write(new RunEvent.JobFailed(AT, JOB, "Transient", "503", "wait", true)))
        .isEqualTo(
            "{\"type\":\"job_failed\",\"at\":\"2026-11-21T09:30:15.123456789Z\","
                + "\"job\":\"walk_3f2a91c0/job_003\",\"failure\":\"Transient\",\"found\":\"503\","
                + "\"remedy\":\"wait\",\"will_retry\":true}");
  }

  @Test
  void durations_are_decimal_seconds() {
    assertThat(EventJson.write(done(Duration.ofMillis(1500)))).contains("\"took\":1.5,");
    assertThat(EventJson.write(done(Duration.ofMinutes(10)))).contains("\"took\":600,");
    assertThat(EventJson.write(done(Duration.ofNanos(1)))).contains("\"took\":0.000000001,");
    assertThat(EventJson.write(done(Duration.ZERO))).contains("\"took\":0,");
  }

  @Test
  void a_line_break_in_a_text_does_not_break_the_line() {
    RunEvent event = new RunEvent.Warning(AT, "disk", "first\nsecond \"quoted\" \u2028 ü");
    assertThat(EventJson.write(event).lines()).hasSize(1);
    assertThat(EventJson.read(EventJson.write(event))).contains(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"moon_landed\",\"at\":\"2026-11-21T09:30:15Z\"}", "{}"})
  void a_type_of_a_later_version_is_passed_over(String line) {
    assertThat(EventJson.read(line)).isEmpty();
  }

  @Test
  void fields_of_other_versions_do_no_harm() {
    assertThat(
            EventJson.read(
                "{\"type\":\"job_done\",\"at\":\"2026-11-21T09:30:15.123456789Z\","
                    + "\"job\":\"walk_3f2a91c0/job_003\",\"colour\":{\"red\":1}}"))
        .contains(new RunEvent.JobDone(AT, JOB, "", Duration.ZERO, 0));
    assertThat(EventJson.read("{\"type\":\"job_done\",\"job\":\"walk_3f2a91c0/job_003\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":", "[1]", "", "{\"type\":\"warning\",\"at\":\"noon\"}"})
  void a_line_that_is_no_event_is_quoted(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventJson.read(line))
        .withMessageContaining("reading an event")
        .withMessageContaining(line);
  }

  private static RunEvent done(Duration took) {
    return new RunEvent.JobDone(AT, JOB, "LOW", took, 101);
  }

  private static RunEvent random(Class<?> type, Random random) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(types).map(kind -> value(kind, random)).toArray();
    return (RunEvent) type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object value(Class<?> type, Random random) {
    return switch (type.getSimpleName()) {
      case "Instant" -> AT.plusNanos(random.nextLong() >> 2);
      case "Duration" -> Duration.ofNanos(random.nextLong() >> random.nextInt(60));
      case "JobId" -> new JobId("walk_" + random.nextInt(1000) + "/job_" + random.nextInt(1000));
      case "RunId" -> RunId.of(AT, random.nextInt(1, 99999));
      case "String" -> "text \"" + random.nextInt() + "\" \\ \t ü 漢";
      case "int" -> random.nextInt();
      case "long" -> random.nextLong();
      case "double" -> random.nextInt() / 64.0;
      case "boolean" -> random.nextBoolean();
      default -> throw new IllegalArgumentException("no random " + type);
    };
  }
}
