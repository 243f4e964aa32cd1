package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a workflow as it is, with some of its values set: a single job whose results are
 * whatever the workflow's output nodes report.
 *
 * @param name its levels of folders with {@value #LEVEL} between them, such as {@code
 *     sweeps~cfg~007}
 * @param promptFile the place that asks for it, such as {@code sweep.yaml#007}
 * @param needs the files that its task names to the server
 */
public record Generation(
    WorkKey key, String name, String promptFile, Task.Generate task, List<Need> needs)
    implements Work {
  /** Parts the folders in a name: a job's id has a slash of its own. */
  public static final String LEVEL = "~";

  private static final String LABEL = "render";

  public Generation {
    needs = List.copyOf(needs);
    if (name.contains("/") || name.isBlank()) {
      throw new IllegalArgumentException(
          "'%s' cannot name a generation: part its folders by %s".formatted(name, LEVEL));
    }
  }

  /**
   * The key of what a task makes: of the workflow with its values, of what is run of it, and of the
   * files that go in. Where the results are written makes no difference.
   *
   * @param salt tells works apart that are the same in all else; empty for the usual case
   */
  public static WorkKey keyOf(Task.Generate task, List<Need.Given> files, String salt) {
    StringBuilder text = new StringBuilder("prompt-runner generation 1\n");
    text.append(task.graph().digest()).append('\n').append(task.targets()).append('\n');
    List<String> inputs = new ArrayList<>();
    files.forEach(file -> inputs.add(file.variable() + "=" + file.digest()));
    inputs.stream().sorted().forEach(input -> text.append(input).append('\n'));
    if (!salt.isEmpty()) {
      text.append("salt ").append(salt).append('\n');
    }
    return new WorkKey(Digest.of(text.toString()));
  }

  /** The folder of its results, relative to the output root. */
  public String folder() {
    return folder(name);
  }

  /** The folder of a generation of this name. */
  public static String folder(String name) {
    return name.replace(LEVEL, "/");
  }

  @Override
  public int frames() {
    return 0;
  }

  @Override
  public int finalFrames() {
    return 0;
  }

  @Override
  public String finalPath() {
    return folder();
  }

  /** The only job. */
  public Job job() {
    String run = name.substring(name.lastIndexOf(LEVEL) + 1);
    return new Job(
        JobId.of(name, key, LABEL),
        JobKind.GENERATE,
        1,
        0,
        needs,
        List.of(Product.file(Role.RESULT, folder() + "/" + run)),
        task);
  }

  @Override
  public List<Job> jobs() {
    return List.of(job());
  }
}
