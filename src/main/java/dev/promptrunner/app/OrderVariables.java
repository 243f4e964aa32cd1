package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.PreparedWorkflow;
import dev.promptrunner.workflow.Recipe;
import dev.promptrunner.workflow.Variable;
import dev.promptrunner.workflow.Variables;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;

/** Gives the recipe's variables the values of one order on one server. */
record OrderVariables(RenderOrder order, Task.Render task, ServerFiles disk) {
  PreparedWorkflow prepare(Recipe recipe) throws FailureException, InterruptedException {
    return recipe.workflow(task.pass(), task.withReference(), variables());
  }

  private Variables variables() throws FailureException, InterruptedException {
    Variables values = known(task.values());
    String stem = order.stem();
    values = values.with(Variable.OUTPUT_PREFIX, disk.outputPrefix(order.promptId(), stem));
    if (task.pass() == Pass.HIGH) {
      values =
          values
              .with(Variable.LATENT_DIR, disk.latentOutput(order.promptId()))
              .with(Variable.LATENT_NAME, stem);
    }
    for (Map.Entry<String, Path> input : order.inputs().entrySet()) {
      values = withFile(values, variable(input.getKey()), input.getValue());
    }
    return task.pass() == Pass.LOW ? values.with(Variable.LATENT_NAME, stem) : values;
  }

  private Variables withFile(Variables values, Variable variable, Path file)
      throws FailureException, InterruptedException {
    return switch (variable) {
      case CONTROL_VIDEO -> values.with(variable, disk.inputFile(file));
      case LATENT_DIR -> values.with(variable, disk.latentInput(order.promptId(), file));
      default -> values.with(variable, disk.input(order.promptId(), file));
    };
  }

  /** The values that the plan knows; {@code plan --out} uses them too. */
  static Variables known(Map<String, Object> planned) {
    Variables values = Variables.NONE;
    for (Map.Entry<String, Object> entry : planned.entrySet()) {
      Variable variable = variable(entry.getKey());
      values =
          switch (entry.getValue()) {
            case Integer number -> values.with(variable, number.longValue());
            case BigInteger number -> values.with(variable, number);
            case Double number -> values.with(variable, number.doubleValue());
            case Object text -> values.with(variable, text.toString());
          };
    }
    return values;
  }

  private static Variable variable(String key) {
    return Variable.of(key)
        .orElseThrow(() -> new IllegalStateException("the plan uses no variable '" + key + "'"));
  }
}
