package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.AnalyzeJob;
import dev.promptrunner.explore.parameter.Links;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class AnalyzedTextTest {
  private static final BigInteger LARGEST = new BigInteger("18446744073709551615");
  private static final Parameters PARAMETERS =
      Parameters.of(
          Workflow.read(
                  "two.json",
                  """
                  {"1": {"class_type": "KSampler", "_meta": {"title": "HIGH"},
                         "inputs": {"seed": 18446744073709551615, "cfg": 3.5}},
                   "2": {"class_type": "KSampler", "_meta": {"title": "LOW"},
                         "inputs": {"seed": 18446744073709551615, "cfg": 3.5,
                                    "sampler_name": "euler"}},
                   "3": {"class_type": "Strange", "inputs": {"amount": 2, "text": "a\\nb"}}}
                  """)
              .orThrow(),
          Optional.empty());

  @Test
  void a_table_has_a_line_for_each_parameter_and_tells_guesses_and_links() {
    assertThat(AnalyzedText.table(analyzed(Map.of(), Map.of(), false)).replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            parameter  type  value  takes  where
            high_seed  seed  18446744073709551615  nodes.1.inputs.seed (HIGH)
            sampler_high_cfg  number  3.5  0 … 100  nodes.1.inputs.cfg (HIGH)
            low_seed  seed  18446744073709551615  nodes.2.inputs.seed (LOW)
            sampler_low_cfg  number  3.5  0 … 100  nodes.2.inputs.cfg (LOW)
            sampler_low_name  choice  euler  euler, euler_cfg_pp, euler_ancestral and 39 more\
              nodes.2.inputs.sampler_name (LOW)
            strange_amount  number?  2  nodes.3.inputs.amount (Strange)
            strange_text  text?  a | b  nodes.3.inputs.text (Strange)

            7 parameters of two.json; types and limits are of common nodes, ? marks a guess:\
             --server asks yours.
            Change together: high_seed, low_seed
            Change together: sampler_high_cfg, sampler_low_cfg
            """);
  }

  @Test
  void a_table_tells_what_is_set_and_what_was_last_used() {
    String table =
        AnalyzedText.table(
            analyzed(
                Map.of("sampler_high_cfg", number(new BigDecimal("4.5"))),
                Map.of("sampler_low_cfg", number(new BigDecimal("6"))),
                true));
    assertThat(table)
        .containsPattern("parameter +type +value +last used +takes +where")
        .containsPattern("sampler_high_cfg +number +4\\.5 +0 … 100")
        .containsPattern("sampler_low_cfg +number +3\\.5 +6 +0 … 100")
        .contains("7 parameters of two.json; types and limits are the server's.\n");
  }

  @Test
  void json_has_all_that_is_known_and_no_seed_is_rounded() {
    JsonNode json =
        new JsonMapper()
            .readTree(
                AnalyzedText.json(
                    analyzed(
                        Map.of("high_seed", number(LARGEST.subtract(BigInteger.ONE))),
                        Map.of("high_seed", number(BigInteger.ONE)),
                        false)));
    assertThat(json.path("workflow").asString()).isEqualTo("two.json");
    JsonNode seed = parameter(json, "high_seed");
    assertThat(seed.path("value").bigIntegerValue()).isEqualTo("18446744073709551614");
    assertThat(seed.path("default").bigIntegerValue()).isEqualTo(LARGEST);
    assertThat(seed.path("last_used").bigIntegerValue()).isEqualTo(BigInteger.ONE);
    assertThat(seed.path("max").bigIntegerValue()).isEqualTo(LARGEST);
    assertThat(seed.path("path").asString()).isEqualTo("nodes.1.inputs.seed");
    assertThat(seed.path("title").asString()).isEqualTo("HIGH");
    assertThat(seed.path("class").asString()).isEqualTo("KSampler");
    assertThat(seed.path("type").asString()).isEqualTo("seed");
    assertThat(seed.path("guessed").booleanValue()).isFalse();
    assertThat(seed.path("changes_model").booleanValue()).isFalse();
    assertThat(parameter(json, "low_seed").has("last_used")).isFalse();
    assertThat(parameter(json, "sampler_low_name").path("options").values())
        .map(JsonNode::asString)
        .contains("euler", "dpmpp_2m");
    assertThat(parameter(json, "strange_amount").path("guessed").booleanValue()).isTrue();
    assertThat(json.path("links").toString())
        .contains("[\"high_seed\",\"low_seed\"]", "[\"sampler_high_cfg\",\"sampler_low_cfg\"]");
  }

  private static JsonNode parameter(JsonNode json, String name) {
    return json.path("parameters").values().stream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode number(BigInteger number) {
    return JsonNodeFactory.instance.numberNode(number);
  }

  private static JsonNode number(BigDecimal number) {
    return JsonNodeFactory.instance.numberNode(number);
  }

  private static AnalyzeJob.Analyzed analyzed(
      Map<String, JsonNode> set, Map<String, JsonNode> lastUsed, boolean exact) {
    return new AnalyzeJob.Analyzed(PARAMETERS, set, Links.of(PARAMETERS), lastUsed, exact);
  }
}
