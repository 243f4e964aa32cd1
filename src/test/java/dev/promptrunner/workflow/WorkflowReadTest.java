package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReadTest {
  private static final String EXPORT =
      "export it from the ComfyUI editor with Workflow → Export (API)";

  @TempDir Path dir;

  @Test
  void keeps_unknown_fields_the_order_of_keys_and_numbers_of_any_size() {
    String json =
        """
        {"9": {"inputs": {"z": 1, "a": 18446744073709551615, "f": 1.5, "x": NaN, "t": "é"},
               "is_changed": ["any"], "class_type": "A"},
         "2": {"class_type": "B", "inputs": {"in": ["9", 1]}, "_meta": {"title": "My B"}}}
        """;
    Workflow workflow = Workflow.read("w.json", json).orThrow();
    assertThat(workflow.compact())
        .isEqualTo(
            "{\"9\":{\"inputs\":{\"z\":1,\"a\":18446744073709551615,\"f\":1.5,\"x\":NaN,\"t\":\"é\"},"
                + "\"is_changed\":[\"any\"],\"class_type\":\"A\"},"
                + "\"2\":{\"class_type\":\"B\",\"inputs\":{\"in\":[\"9\",1]},\"_meta\":{\"title\":\"My"
                + " B\"}}}");
    assertThat(workflow.json().at("/9/inputs/a").bigIntegerValue())
        .isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(workflow.text()).contains("\"x\" : NaN");
    assertThat(workflow.nodes().keySet()).containsExactly("9", "2");
    Node node = workflow.node("2").orElseThrow();
    assertThat(node.title()).isEqualTo("My B");
    assertThat(node.input("in")).contains(new Input.Link("9", 1));
    assertThat(workflow.node("9").orElseThrow().title()).isEqualTo("A");
    assertThat(workflow.node("3")).isEmpty();
  }

  @Test
  void text_can_be_read_again() {
    Workflow workflow = Workflow.read(Path.of("workflows/prompt.json")).orThrow();
    Workflow again = Workflow.read("again", workflow.text()).orThrow();
    assertThat(again.json().toString()).isEqualTo(workflow.json().toString());
    assertThat(again.digest()).isEqualTo(workflow.digest());
  }

  @Test
  void the_digest_knows_what_a_server_would_do_and_nothing_else() {
    Workflow one = graph("{'1':{'class_type':'A','inputs':{'x':1,'y':2}}}");
    Workflow same =
        graph("{ '1' : {'_meta':{'title':'t'}, 'inputs':{'y':2,'x':1}, 'class_type':'A'} }");
    Workflow other = graph("{'1':{'class_type':'A','inputs':{'x':1,'y':3}}}");
    assertThat(same.digest()).isEqualTo(one.digest());
    assertThat(other.digest()).isNotEqualTo(one.digest());
  }

  @Test
  void says_where_json_breaks() {
    assertThat(problems("{\"1\": {\"class_type\": \"A\",\n \"inputs\": {\"x\": }}}"))
        .containsExactly(
            "w.json:2:18: the workflow is not valid JSON, found 'Unexpected character ('}' (code"
                + " 125)): expected a value': "
                + EXPORT);
    assertThat(problems("walk\n\n500")).singleElement().asString().startsWith("w.json:1:");
    assertThat(problems("{} {}"))
        .containsExactly(
            "w.json:1:4: the workflow is not valid JSON, found 'more after the end': " + EXPORT);
    assertThat(problems("{'1':{'class_type':'A','inputs':{}},'1':{}}"))
        .singleElement()
        .asString()
        .contains("Duplicate Object property \"1\"");
  }

  @Test
  void tells_a_file_of_the_editors_format_how_to_be_exported() {
    assertThat(
            problems(
                "{'last_node_id':9,'nodes':[{'id':1,'type':'A'},{'id':2}],'links':[[1,1,0,2,0]]}"))
        .containsExactly(
            "w.json: this is the editor's own format, which a server cannot run, found '2 nodes and"
                + " their places on the screen': open it in the ComfyUI editor and save it with"
                + " Workflow → Export (API)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "3", "null", "'text'"})
  void refuses_a_file_without_nodes(String json) {
    assertThat(problems(json)).containsExactly("w.json: the workflow has no nodes: " + EXPORT);
  }

  @Test
  void reports_every_node_that_is_none() {
    assertThat(
            problems(
                """
                {"1": {"class_type": "A"},
                 "2": {"inputs": {}},
                 "version": 0.4,
                 "3": {"class_type": "C", "inputs": []}}\
                """))
        .containsExactly(
            "w.json:1: node 1 (A) has no inputs: " + EXPORT + ", or add \"inputs\": {}",
            "w.json:2: node 2 has no class_type: " + EXPORT,
            "w.json:3: node version has no class_type: " + EXPORT,
            "w.json:4: node 3 (C) has no inputs: " + EXPORT + ", or add \"inputs\": {}");
  }

  @Test
  void reports_lists_that_are_no_links() {
    assertThat(
            problems(
                """
                {"1": {"class_type": "A", "inputs": {
                  "a": [1, 0],
                  "b": ["1", -1],
                  "c": ["1", 0, 0],
                  "d": ["1", 0.5]}}}\
                """))
        .containsExactly(
            "w.json:2: input a of node 1 is a list but not a link, found '[1,0]': write the node's"
                + " id as text: [\"1\", 0]",
            "w.json:3: input b of node 1 is a list but not a link, found '[\"1\",-1]': write [\"id"
                + " of a node\", slot from 0], or wrap a list of values as {\"__value__\": [...]}",
            "w.json:4: input c of node 1 is a list but not a link, found '[\"1\",0,0]': write [\"id"
                + " of a node\", slot from 0], or wrap a list of values as {\"__value__\": [...]}",
            "w.json:5: input d of node 1 is a list but not a link, found '[\"1\",0.5]': write [\"id"
                + " of a node\", slot from 0], or wrap a list of values as {\"__value__\": [...]}");
  }

  @Test
  void reports_links_that_lead_nowhere() {
    assertThat(
            problems(
                """
                {"30": {"class_type": "A", "inputs": {}},
                 "1": {"class_type": "B", "inputs": {"a": ["31", 0],
                   "b": ["gone away", 2]}}}\
                """))
        .containsExactly(
            "w.json:2: input a of node 1 (B) leads to a missing node, found '31': did you mean"
                + " '30'?",
            "w.json:3: input b of node 1 (B) leads to a missing node, found 'gone away': "
                + EXPORT);
  }

  @Test
  void names_the_nodes_of_a_circle_in_the_order_of_the_data() {
    assertThat(
            problems(
                "{'0':{'class_type':'Z','inputs':{'in':['1',0]}},"
                    + "'1':{'class_type':'A','inputs':{'in':['3',0]}},"
                    + "'2':{'class_type':'B','inputs':{'in':['1',0]}},"
                    + "'3':{'class_type':'C','inputs':{'in':['2',0]}}}"))
        .containsExactly(
            "w.json: the workflow's links lead in a circle, found '1 → 2 → 3 → 1': remove one of"
                + " these links in the editor and export again");
    assertThat(problems("{'1':{'class_type':'A','inputs':{'in':['1',0]}}}"))
        .singleElement()
        .asString()
        .contains("'1 → 1'");
  }

  @Test
  void a_chain_of_a_hundred_thousand_nodes_is_read_without_deep_recursion() {
    StringBuilder json = new StringBuilder("{\"0\":{\"class_type\":\"A\",\"inputs\":{}}");
    for (int i = 1; i < 100_000; i++) {
      json.append(
          ",\"%d\":{\"class_type\":\"A\",\"inputs\":{\"x\":[\"%d\",0]}}".formatted(i, i - 1));
    }
    Workflow workflow = Workflow.read("w.json", json.append('}').toString()).orThrow();
    assertThat(workflow.closure(List.of("99999")).nodes()).hasSize(100_000);
    assertThat(workflow.closure(List.of("9")).nodes()).hasSize(10);
  }

  @Test
  void a_missing_or_unreadable_file_is_a_problem() throws IOException {
    Path missing = dir.resolve("none.json");
    assertThat(strings(Workflow.read(missing)))
        .containsExactly(
            missing
                + ": the workflow is not there: put it there, or correct 'workflow' in the recipe");
    assertThat(strings(Workflow.read(Files.createDirectory(dir.resolve("d")))))
        .containsExactly(
            dir.resolve("d")
                + ": the workflow cannot be read, found 'Is a directory': make it"
                + " readable");
  }

  @Test
  void never_throws_whatever_the_bytes_are() throws IOException {
    byte[] good = Files.readAllBytes(Path.of("workflows/combine.json"));
    for (int seed = 0; seed < 3_000; seed++) {
      byte[] bytes = mutated(good, new Random(seed));
      Reading<Workflow> reading =
          LocatedTree.parse("w.json", bytes, WorkflowReader.FORM).then(WorkflowReader::read);
      assertThat(reading instanceof Reading.Good<Workflow> || !reading.problems().isEmpty())
          .as("seed %d", seed)
          .isTrue();
    }
  }

  static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = random.nextInt(10) == 0 ? Arrays.copyOf(good, random.nextInt(40)) : good.clone();
    for (int changes = 1 + random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
      byte[] odd = "\"{}[]:,\n 0-x\0\u00e9".getBytes(StandardCharsets.ISO_8859_1);
      bytes[random.nextInt(bytes.length)] = odd[random.nextInt(odd.length)];
    }
    return bytes;
  }

  private static Workflow graph(String json) {
    return Workflow.read("w.json", json.replace('\'', '"')).orThrow();
  }

  private static List<String> problems(String json) {
    return strings(Workflow.read("w.json", json.replace('\'', '"')));
  }

  private static List<String> strings(Reading<?> reading) {
    return reading.problems().stream().map(Problem::toString).toList();
  }
}
