package dev.promptrunner.cli;

import static dev.promptrunner.app.Foreseen.State.DONE;
import static dev.promptrunner.app.Foreseen.State.LEFT_OUT;
import static dev.promptrunner.app.Foreseen.State.TO_RENDER;
import static dev.promptrunner.cli.Colours.foreseen;
import static dev.promptrunner.cli.Colours.noted;
import static dev.promptrunner.cli.Colours.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.Foreseen;
import dev.promptrunner.explore.sweep.Exploration.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForeseenJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void all_that_is_foreseen_has_a_field() {
    Foreseen two = noted(foreseen(Kind.SWEEP, DONE, TO_RENDER), "node 3 is now node 4");
    assertThat(
            read(timed(two, Duration.ofMinutes(90), Optional.of(new BigDecimal("2")))).toString())
        .isEqualTo(
            """
            {"name":"colours","folder":"sweeps/colours","renders":1,"servers":2,\
            "seconds_each":5400.0,"seconds":5400.0,"dollars":3.0,\
            "notes":["node 3 is now node 4"],\
            "runs":[{"run":"001","folder":"001","state":"done","parameters":{"%1$s":1}},\
            {"run":"002","folder":"002","state":"to_render",\
            "parameters":{"%1$s":2,"%2$s":"in/first.png"}}]}\
            """
                .formatted(Colours.COLOR, Colours.IMAGE));
  }

  @Test
  void what_nobody_knows_is_left_out() {
    JsonNode json = read(foreseen(Kind.SHOTS, LEFT_OUT));
    assertThat(json.path("runs").path(0).path("state").stringValue()).isEqualTo("left_out");
    assertThat(json.has("seconds_each")).isFalse();
    assertThat(json.has("seconds")).isFalse();
    assertThat(json.has("dollars")).isFalse();
    assertThat(json.path("notes").isEmpty()).isTrue();
  }

  private static JsonNode read(Foreseen foreseen) {
    return JSON.readTree(new ForeseenJson().text(foreseen));
  }
}
