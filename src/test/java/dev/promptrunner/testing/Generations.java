package dev.promptrunner.testing;

import dev.promptrunner.base.Digest;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.Edit;
import dev.promptrunner.workflow.Template;
import dev.promptrunner.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs of a small workflow as it is, for tests. */
public final class Generations {
  /** A picture of a seed, saved. */
  public static final Workflow WORKFLOW =
      Workflow.read(
              "picture.json",
              """
              {"1": {"class_type": "EmptyImage",
                     "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": 0}},
               "2": {"class_type": "SaveImage",
                     "inputs": {"images": ["1", 0], "filename_prefix": "ComfyUI"}},
               "3": {"class_type": "LoadImage", "inputs": {"image": "first.png"}},
               "4": {"class_type": "SaveImage",
                     "inputs": {"images": ["3", 0], "filename_prefix": "ComfyUI"}}}
              """)
          .orThrow();

  private Generations() {}

  /** Run {@code name} of sweep {@code colours} with this colour. */
  public static Generation generation(String name, int colour) {
    Task.Generate task =
        new Task.Generate(
            WORKFLOW,
            List.of(
                new Edit.Set(
                    "1", "color", Template.literal(JsonNodeFactory.instance.numberNode(colour)))),
            List.of("2"),
            List.of());
    return new Generation(
        Generation.keyOf(task, List.of(), ""),
        "sweeps~colours~" + name,
        "colours.yaml#" + name,
        task,
        List.of());
  }

  /** A run that loads an image of this machine. */
  public static Generation withImage(String name, Path image, Digest digest) {
    Task.Generate task =
        new Task.Generate(
            WORKFLOW,
            List.of(),
            List.of("4"),
            List.of(new Task.FileInput("3", "image", "image", false)));
    Need.Given need = new Need.Given("image", image, digest);
    return new Generation(
        Generation.keyOf(task, List.of(need), ""),
        "sweeps~colours~" + name,
        "colours.yaml#" + name,
        task,
        List.of(need));
  }
}
