package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Pace;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Recipe;
import dev.promptrunner.workflow.Variable;
import dev.promptrunner.workflow.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans without running: asks no server and writes nothing but what {@code --out} asks for. */
public final class PlanJob {
  private final Settings settings;

  public PlanJob(Settings settings) {
    this.settings = settings;
  }

  /**
   * The plan, and the mistakes of the prompt files that are left out.
   *
   * @param expected from jobs of the plan that earlier runs did; empty when that is not enough
   */
  public record Result(Planned planned, List<Problem> problems, Optional<Pace.Expected> expected) {}

  /**
   * Plans.
   *
   * @throws Stop when recipe or settings have mistakes
   */
  public Result plan(List<Path> paths) throws Stop {
    Reader reader = new Reader(settings);
    Candidates.Found found = new Candidates(Optional.empty()).read(paths);
    Recipe recipe = reader.recipe();
    Planned planned =
        Foresight.noted(
            reader.planner(recipe, reader.planSettings()).plan(found.candidates(), known()),
            recipe,
            settings);
    List<Problem> problems = new ArrayList<>(found.problems());
    problems.addAll(planned.problems());
    return new Result(
        planned, List.copyOf(problems), new Pace(planned.plan(), took()).expected(planned.plan()));
  }

  private Map<JobId, Duration> took() {
    return Store.read(settings.run().output()).map(StoreReader::took).orElse(Map.of());
  }

  /** What earlier runs decided; a plan says what a run would do. */
  private Known known() {
    return Store.read(settings.run().output())
        .map(reader -> Known.of(reader.names(), reader.layouts()))
        .orElse(Known.NOTHING);
  }

  /**
   * Writes every job's workflow as it would be sent, but for the folder of the order's own, which
   * is named by a fresh prompt id each time.
   *
   * @return how many files were written
   */
  public int write(Planned planned, Path folder) throws Stop {
    Recipe recipe = new Reader(settings).recipe();
    int written = 0;
    for (VideoWork work : planned.plan().works()) {
      for (Job job : work.jobs()) {
        if (job.task() instanceof Task.Render render) {
          write(
              folder.resolve(work.id()).resolve(job.id().label() + ".json"),
              text(recipe, job, render));
          written++;
        }
      }
    }
    return written;
  }

  private static void write(Path file, String text) throws Stop {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "--out",
              "the workflows cannot be written (" + IoReason.of(e) + ")",
              file.toString(),
              "give a folder that can be written"));
    }
  }

  private String text(Recipe recipe, Job job, Task.Render render) {
    Variables values = OrderVariables.known(render.values());
    String id = "PROMPT-ID";
    Path root = settings.run().output().toAbsolutePath().normalize();
    Path there = root.resolve(ServerFiles.WORK).resolve(id);
    Product product = job.products().getFirst();
    String stem = RenderOrder.stem(product);
    values = values.with(Variable.OUTPUT_PREFIX, ServerFiles.WORK + "/" + id + "/" + stem);
    if (render.pass().renders()) {
      String folder = render.pass() == Pass.HIGH ? "latent-out" : "latent-in";
      values =
          values
              .with(Variable.LATENT_DIR, there.resolve(folder).toString())
              .with(Variable.LATENT_NAME, stem);
    }
    for (Need need : job.needs()) {
      Variable variable = Variable.of(need.variable()).orElseThrow();
      if (variable != Variable.LATENT_DIR) {
        values = values.with(variable, named(need, there));
      }
    }
    return recipe.workflow(render.pass(), render.withReference(), values).workflow().text();
  }

  private static String named(Need need, Path there) {
    return switch (need) {
      case Need.Given given when need.variable().equals("control_video") ->
          SharedDisk.inputName(given.digest(), given.file());
      case Need.Given given -> there.resolve("in").resolve(given.file().getFileName()).toString();
      case Need.Made made ->
          there.resolve("in").resolve(made.by().label() + "-" + made.role()).toString();
    };
  }
}
