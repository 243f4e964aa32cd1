package dev.promptrunner.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadRecipesTest extends CommandLine {
  private static final String STOPPED = "1 problem in the input; nothing was started";
  private static final String RECIPE = "DIR/workflows/wan22-vace.yaml";
  private static final String RENDERING = "DIR/workflows/prompt.json";
  private static final String EXPORT =
      "export it from the ComfyUI editor with Workflow → Export (API)";

  @BeforeEach
  void copyShipped() throws Exception {
    good("walk");
    Files.createDirectories(dir.resolve("workflows"));
    for (String file : List.of("wan22-vace.yaml", "prompt.json", "combine.json")) {
      Files.copy(Path.of("workflows", file), file(file));
    }
  }

  private Path file(String name) {
    return dir.resolve("workflows").resolve(name);
  }

  private Told rendered() {
    return render("--recipe", file("wan22-vace.yaml").toString());
  }

  private void replace(String file, String old, String now) throws Exception {
    String text = Files.readString(file(file));
    Files.writeString(
        file(file),
        text.substring(0, text.indexOf(old))
            + now
            + text.substring(text.indexOf(old) + old.length()));
  }

  @Test
  void a_workflow_in_the_editors_format() throws Exception {
    Files.writeString(
        file("prompt.json"), "{\"nodes\": [{\"id\": 1}, {\"id\": 2}], \"links\": []}");
    String problem =
        RENDERING
            + ": this is the editor's own format, which a server cannot run, found '2 nodes and"
            + " their places on the screen': open it in the ComfyUI editor and save it with"
            + " Workflow → Export (API)";
    rendered().only(3, problem, STOPPED);
    tell("recipe", "check", "--recipe", file("wan22-vace.yaml").toString())
        .only(3, problem, STOPPED);
  }

  @Test
  void a_workflow_that_is_not_json() throws Exception {
    Files.writeString(file("prompt.json"), "{\n\"1\": oops}");
    rendered()
        .only(
            3,
            RENDERING
                + ":2:6: the workflow is not valid JSON, found 'Unrecognized token 'oops'': "
                + EXPORT,
            STOPPED);
  }

  @Test
  void a_workflow_that_is_missing() throws Exception {
    Files.delete(file("prompt.json"));
    rendered()
        .only(
            3,
            RENDERING
                + ": the workflow is not there: put it there, or correct 'workflow' in the recipe",
            STOPPED);
  }

  @Test
  void a_dangling_link() throws Exception {
    replace("combine.json", "\"images\": [\"30\", 0]", "\"images\": [\"300\", 0]");
    rendered()
        .only(
            3,
            "DIR/workflows/combine.json:5: input images of node 14 (VHS_VideoCombine) leads to a"
                + " missing node, found '300': did you mean '30'?",
            STOPPED);
  }

  @Test
  void a_cycle() throws Exception {
    Files.writeString(
        file("combine.json"),
        """
        {"25": {"class_type": "A", "inputs": {"x": ["33", 0]}},
         "33": {"class_type": "B", "inputs": {"x": ["25", 0]}}}
        """);
    rendered()
        .only(
            3,
            "DIR/workflows/combine.json: the workflow's links lead in a circle, found '25 → 33 →"
                + " 25': remove one of these links in the editor and export again",
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to: \"${positive}\"|to: \"${positiv}\"|there is no such variable, found '${positiv}': did"
            + " you mean 'positive'?",
        "set: 53.positive|set: 530.positive|the workflow has no such node, found '530': did you"
            + " mean '53'?",
        "53.positive_prompt|53.positive_promt|node 53 (WanVideoTextEncode) has no such input, found"
            + " 'positive_promt': did you mean 'positive_prompt'?"
      })
  void a_recipe_that_names_what_is_not_there(String right, String wrong, String told)
      throws Exception {
    replace("wan22-vace.yaml", right, wrong);
    rendered().only(3, RECIPE + ":58: " + told, STOPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: [|:1:8: the recipe is not valid YAML, found 'while parsing a flow node': correct the"
            + " line; indentation is part of YAML",
        "''|: the recipe is empty: start from a copy of workflows/wan22-vace.yaml"
      })
  void a_recipe_that_is_no_yaml_or_empty(String text, String told) throws Exception {
    Files.writeString(file("wan22-vace.yaml"), text);
    rendered().only(3, RECIPE + told, STOPPED);
  }

  @Test
  void a_recipe_that_is_missing() {
    render("--recipe", dir + "/none.yaml")
        .only(
            3,
            "DIR/none.yaml: the recipe is not there: check the path, or leave --recipe out",
            STOPPED);
  }

  @Test
  void a_class_that_the_server_does_not_have() throws Exception {
    replace("prompt.json", "\"WanVideoSampler\"", "\"WanVideoSamplr\"");
    rendered()
        .only(
            3,
            RENDERING
                + ": node 54 (WanVideoSamplr) [high, low]: the server has no such node class, found"
                + " 'WanVideoSamplr': install the custom nodes that have it, or did you mean"
                + " 'WanVideoSampler'?",
            STOPPED);
  }

  @Test
  void a_model_that_the_server_does_not_have() throws Exception {
    String model = "Wan2.2_HIGH_Low_Noise_14B_VACE-Q";
    replace("wan22-vace.yaml", "to: " + model + "8_0.gguf", "to: " + model + "4_0.gguf");
    rendered()
        .only(
            3,
            RENDERING
                + ": node 4 (WanVideoModelLoader) [high]: input model names a file that the server"
                + " does not have, found '"
                + model
                + "4_0.gguf': put the file into the server's models folder or name another ("
                + RECIPE
                + ":72); the nearest it has is '"
                + model
                + "8_0.gguf'",
            STOPPED);
  }
}
