package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SweepPiecesTest {
  private static final String BLOCK =
      """
      # é 🦊 my sweep
      workflow: wan-t2v.json
      name: "night"
      parameters:
        cfg:   # of both samplers
          type: continuous
          min: 3.0  # not less
          max: 9
        nodes.3.inputs.steps: {type: linear, min: 10, max: 30, count: 5}
        scheduler:
          type: values
          values:
            - euler   # the usual
            - "dpmpp_2m"
        seed: {type: random_seed, min: 0, max: 99}
      constraints:
        - low < high
      """;

  private static SweepSource.Swept range(String name, String key, int min, int max, int step) {
    Optional<BigDecimal> distance =
        step == 0 ? Optional.empty() : Optional.of(new BigDecimal(step));
    String type = step == 0 ? "continuous" : "linear";
    return new SweepSource.Swept(
        name,
        key,
        type,
        Optional.of(new BigDecimal(min)),
        Optional.of(new BigDecimal(max)),
        distance,
        List.of());
  }

  private static SweepSource source(String text) {
    SweepSource.Swept seed =
        new SweepSource.Swept(
            "seed",
            "seed",
            "random_seed",
            Optional.of(BigDecimal.ZERO),
            Optional.of(new BigDecimal(99)),
            Optional.empty(),
            List.of());
    return new SweepSource(
        "wan.yaml",
        text,
        List.of(
            range("cfg", "cfg", 3, 9, 0),
            range("steps", "nodes.3.inputs.steps", 10, 30, 5),
            choice("scheduler", "euler", "dpmpp_2m"),
            seed));
  }

  private static SweepSource.Swept choice(String name, String... values) {
    JsonNode array = JsonMapper.shared().valueToTree(values);
    return new SweepSource.Swept(
        name,
        name,
        "values",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.copyOf(array.values()));
  }

  private static Entry tried(Map<String, ?> parameters) {
    return new Entry(Folders.done("r", parameters), Optional.empty(), Optional.empty());
  }

  private static String joined(ObjectNode pieces) {
    StringBuilder text = new StringBuilder();
    for (JsonNode piece : pieces.path("pieces").values()) {
      text.append(piece.isString() ? piece.stringValue() : piece.path("was").stringValue());
    }
    return text.toString();
  }

  private static List<String> gaps(ObjectNode pieces) {
    List<String> gaps = new ArrayList<>();
    for (JsonNode piece : pieces.path("pieces").values()) {
      if (piece.isObject()) {
        gaps.add(
            "%s %s %s"
                .formatted(
                    piece.path("parameter").stringValue(),
                    piece.path("part").stringValue(),
                    piece.path("was").stringValue()));
      }
    }
    return gaps;
  }

  private static JsonNode gap(ObjectNode pieces, String parameter, String part) {
    for (JsonNode piece : pieces.path("pieces").values()) {
      if (piece.path("parameter").asString("").equals(parameter)
          && piece.path("part").asString("").equals(part)) {
        return piece;
      }
    }
    throw new AssertionError("no gap for " + parameter + " " + part);
  }

  @Test
  void gaps_are_at_the_values_that_narrow_and_seeds_stay() {
    assertThat(gaps(SweepPieces.of(source(BLOCK), List.of())))
        .containsExactly(
            " name \"night\"",
            "cfg min 3.0",
            "cfg max 9",
            "steps min 10",
            "steps max 30",
            "steps count 5",
            "scheduler values - euler   # the usual\n      - \"dpmpp_2m\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void the_pieces_with_what_was_there_are_the_file_to_the_letter(String lineEnd) {
    String text = BLOCK.replace("\n", lineEnd);
    assertThat(joined(SweepPieces.of(source(text), List.of()))).isEqualTo(text);
  }

  @Test
  void a_byte_order_mark_is_left_out() {
    assertThat(joined(SweepPieces.of(source("\uFEFF" + BLOCK), List.of()))).isEqualTo(BLOCK);
  }

  @Test
  void a_prompt_of_several_lines_is_a_choice_too() {
    String text =
        """
        parameters:
          scheduler:
            values:
              - |
                a red fox
                in snow

              - dpmpp_2m
        """;
    ObjectNode pieces = SweepPieces.of(source(text), List.of());
    assertThat(joined(pieces)).isEqualTo(text);
    assertThat(
            gap(pieces, "scheduler", "values").path("choices").path(0).path("text").stringValue())
        .isEqualTo("|\n        a red fox\n        in snow");
  }

  @Test
  void a_choice_is_written_as_its_author_wrote_it() {
    JsonNode block = gap(SweepPieces.of(source(BLOCK), List.of()), "scheduler", "values");
    assertThat(block.path("choices").path(1).path("text").stringValue()).isEqualTo("\"dpmpp_2m\"");
    assertThat(block.path("choices").path(1).path("value").stringValue()).isEqualTo("dpmpp_2m");
    assertThat(block.path("before").stringValue()).isEqualTo("- ");
    assertThat(block.path("between").stringValue()).isEqualTo("\n      - ");

    String flow = "parameters: {scheduler: {type: values, values: [euler, 'dpmpp_2m' ]}}";
    JsonNode gap = gap(SweepPieces.of(source(flow), List.of()), "scheduler", "values");
    assertThat(gap.path("was").stringValue()).isEqualTo("[euler, 'dpmpp_2m' ]");
    assertThat(gap.path("between").stringValue()).isEqualTo(", ");
    assertThat(gap.path("after").stringValue()).isEqualTo("]");
  }

  @Test
  void the_ladder_holds_what_was_tried() {
    ObjectNode pieces =
        SweepPieces.of(source(BLOCK), List.of(tried(Map.of("cfg", 4.5, "steps", 20))));
    assertThat(gap(pieces, "cfg", "min").path("ladder").values())
        .extracting(rung -> rung.path("text").stringValue())
        .containsExactly("3", "4.5", "9");
    assertThat(gap(pieces, "steps", "max").path("ladder").values())
        .extracting(rung -> rung.path("text").stringValue())
        .containsExactly("10", "15", "20", "25", "30");
    assertThat(gap(pieces, "steps", "count").path("step").intValue()).isEqualTo(5);
  }

  @Test
  void choices_that_the_file_does_not_list_one_by_one_stay_as_they_are() {
    String text = "parameters:\n  scheduler:\n    values: [[euler, x], dpmpp_2m]\n";
    ObjectNode pieces = SweepPieces.of(source(text), List.of());
    assertThat(gaps(pieces)).isEmpty();
    assertThat(joined(pieces)).isEqualTo(text);
  }
}
