package dev.promptrunner.app.doctor;

import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Recipe;
import dev.promptrunner.workflow.Variable;
import dev.promptrunner.workflow.Variables;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the passes of a recipe load.
 *
 * @param models every model's file that some pass names
 * @param classes every class of node that some pass sends
 */
record RecipeFiles(List<Use> models, Set<String> classes) {
  private static final Pattern MODEL =
      Pattern.compile("(?i).+\\.(safetensors|gguf|ckpt|pth|pt|bin|onnx|sft)");

  /**
   * One file in one pass.
   *
   * @param node the id of the node that loads it
   * @param input the name of the node's input
   */
  record Use(Pass pass, String node, String input, String file) {
    boolean isLora() {
      return input.toLowerCase(Locale.ROOT).contains("lora");
    }
  }

  static RecipeFiles of(Recipe recipe) {
    Set<Use> models = new LinkedHashSet<>();
    Set<String> classes = new TreeSet<>();
    for (Pass pass : Pass.values()) {
      for (boolean reference : pass.renders() ? new boolean[] {false, true} : new boolean[1]) {
        for (Node node : recipe.workflow(pass, reference, values()).workflow().nodes().values()) {
          classes.add(node.classType());
          addModels(pass, node, models);
        }
      }
    }
    return new RecipeFiles(List.copyOf(models), classes);
  }

  private static void addModels(Pass pass, Node node, Set<Use> models) {
    node.inputs()
        .forEach(
            (name, input) -> {
              if (input instanceof Input.Literal(var value)
                  && value.isString()
                  && MODEL.matcher(value.stringValue()).matches()) {
                models.add(new Use(pass, node.id(), name, value.stringValue()));
              }
            });
  }

  /** The names, each once. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    models.forEach(use -> names.add(use.file()));
    return names;
  }

  /** Any value will do: no variable names a model. */
  private static Variables values() {
    Variables values = Variables.NONE;
    for (Variable variable : Variable.values()) {
      values = values.with(variable, 1);
    }
    return values;
  }
}
