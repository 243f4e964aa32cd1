package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.JobResult;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.Task;
import dev.promptrunner.testing.Generations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a run's outputs is brought here, and in which order. */
class GenerationOrderTest {
  @Test
  void outputs_come_in_the_order_of_the_targets_however_the_server_lists_them() {
    List<OutputFile> before = files("4", "a.png", "b.png");
    List<OutputFile> after = files("2", "a.png");

    assertThat(wanted(before, after)).extracting(OutputFile::nodeId).containsExactly("2", "4", "4");
    assertThat(wanted(after, before)).isEqualTo(wanted(before, after));
  }

  @Test
  void the_files_of_one_node_keep_the_order_in_which_it_made_them() {
    assertThat(wanted(files("4", "z.png", "a.png"), files("2", "m.png")))
        .extracting(OutputFile::filename)
        .containsExactly("m.png", "z.png", "a.png");
  }

  private static List<OutputFile> wanted(List<OutputFile> first, List<OutputFile> then) {
    List<OutputFile> all = new ArrayList<>(first);
    all.addAll(then);
    return order().wanted(new JobResult("id", all, Set.of(), Duration.ofSeconds(1)));
  }

  private static List<OutputFile> files(String node, String... names) {
    return Arrays.stream(names)
        .map(name -> new OutputFile(node, "images", name, "", "output", Optional.empty()))
        .toList();
  }

  private static GenerationOrder order() {
    Task.Generate task =
        new Task.Generate(Generations.WORKFLOW, List.of(), List.of("2", "4"), List.of());
    Generation run =
        new Generation(
            Generation.keyOf(task, List.of(), ""),
            "sweeps~two~001",
            "two.yaml#001",
            task,
            List.of());
    RenderOrder order =
        new RenderOrder(
            JobId.of(run.id(), run.key(), "render"),
            "id",
            false,
            task,
            Map.of(),
            run.job().products(),
            Path.of("staging"));
    Optional<Path> nowhere = Optional.of(Path.of("nowhere"));
    Folders folders = new Folders(nowhere, nowhere, nowhere);
    return new GenerationOrder(order, task, new SharedDisk(folders));
  }
}
