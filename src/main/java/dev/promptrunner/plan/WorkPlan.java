package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.JobId;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lays out the jobs of one prompt file (domain §3). */
record WorkPlan(Blueprint blueprint, Layout layout, List<Chunk> chunks) {

  VideoWork work() {
    Recipe recipe = blueprint.recipe();
    PlanSettings settings = blueprint.settings();
    FrameRate rate = recipe.numbers().frameRate();
    int factor =
        settings.combine() == CombineMode.COPY ? 1 : recipe.numbers().combining().framesFactor();
    List<Chunk> usual =
        layout.equals(blueprint.usualLayout()) ? chunks : blueprint.chunks(blueprint.usualLayout());
    List<Job> jobs = new ArrayList<>();
    for (Chunk chunk : chunks) {
      String variant = variant(chunk, usual);
      jobs(chunk, rate).forEach(job -> jobs.add(job.as(variant)));
    }
    if (settings.deliver()) {
      jobs.add(delivery(jobs.getLast()));
    }
    return new VideoWork(blueprint, layout, blueprint.frames() * factor, rate, chunks, jobs);
  }

  /** A chunk that the settings' layout has too is the same work: what was made of it is reused. */
  private static String variant(Chunk chunk, List<Chunk> usual) {
    boolean same = chunk.index() < usual.size() && usual.get(chunk.index()).equals(chunk);
    return same ? "" : chunk.kept() + " of " + chunk.rendered();
  }

  private List<Job> jobs(Chunk chunk, FrameRate rate) {
    Recipe recipe = blueprint.recipe();
    List<Job> jobs = new ArrayList<>();
    Pair pair = new Pair(chunk, rate, recipe.numbers().steps());
    jobs.add(pair.high());
    jobs.add(pair.low());
    if (chunk != chunks.getLast()) {
      jobs.add(pair.reference(recipe.numbers().referenceOffset()));
    }
    jobs.addAll(new Combines(this, recipe, blueprint.settings().combine(), rate).of(chunk));
    return jobs;
  }

  String name() {
    return blueprint.name();
  }

  JobId id(String label) {
    return JobId.of(blueprint.name(), blueprint.key(), label);
  }

  static int highNumber(int chunk) {
    return 2 * chunk + 1;
  }

  static int lowNumber(int chunk) {
    return 2 * chunk + 2;
  }

  JobId low(int chunk) {
    return id("job_" + Names.number(lowNumber(chunk)));
  }

  private Job delivery(Job last) {
    return new Job(
        id("delivery"),
        JobKind.DELIVER,
        1,
        last.chunk(),
        List.of(new Need.Made("final", last.id(), Role.FINAL)),
        List.of(),
        new Task.Deliver());
  }

  /** The HIGH and LOW of one chunk, which must agree in everything but the expert. */
  private final class Pair {
    private final Chunk chunk;
    private final FrameRate rate;
    private final OptionalInt steps;

    Pair(Chunk chunk, FrameRate rate, OptionalInt steps) {
      this.chunk = chunk;
      this.rate = rate;
      this.steps = steps;
    }

    Job high() {
      int number = highNumber(chunk.index());
      return new Job(
          id("job_" + Names.number(number)),
          JobKind.HIGH,
          number,
          chunk.index(),
          inputs(),
          List.of(Product.file(Role.LATENT, Names.latent(name(), number))),
          render(Pass.HIGH));
    }

    Job low() {
      int number = lowNumber(chunk.index());
      List<Need> needs = inputs();
      JobId high = id("job_" + Names.number(highNumber(chunk.index())));
      needs.add(new Need.Made("latent_dir", high, Role.LATENT));
      Product segment =
          new Product(
              Role.SEGMENT,
              Names.segment(name(), number),
              chunk.keptInSegment().end(),
              chunk.rendered().length());
      return new Job(
          id("job_" + Names.number(number)),
          JobKind.LOW,
          number,
          chunk.index(),
          needs,
          List.of(segment),
          render(Pass.LOW));
    }

    Job reference(int fromEnd) {
      int number = lowNumber(chunk.index());
      return new Job(
          referenceId(chunk.index()),
          JobKind.REFERENCE,
          number,
          chunk.index(),
          List.of(new Need.Made("segment", WorkPlan.this.low(chunk.index()), Role.SEGMENT)),
          List.of(Product.file(Role.REFERENCE, Names.reference(name(), number))),
          new Task.CutReference(fromEnd));
    }

    private JobId referenceId(int of) {
      return id("ref_" + Names.number(lowNumber(of)));
    }

    private List<Need> inputs() {
      List<Need> needs = new ArrayList<>();
      SourceVideo source = blueprint.candidate().source();
      needs.add(new Need.Given("control_video", source.file(), source.digest()));
      if (chunk.index() > 0) {
        needs.add(new Need.Made("reference", referenceId(chunk.index() - 1), Role.REFERENCE));
      } else {
        given().ifPresent(needs::add);
      }
      return needs;
    }

    private Optional<Need> given() {
      Optional<Path> image = blueprint.candidate().prompt().referenceImage();
      Optional<Digest> digest = blueprint.candidate().referenceDigest();
      return image.isPresent() && digest.isPresent()
          ? Optional.of(new Need.Given("reference", image.get(), digest.get()))
          : Optional.empty();
    }

    private Task render(Pass pass) {
      boolean withReference = chunk.index() > 0 || given().isPresent();
      Map<String, Object> values = new HashMap<>();
      values.put("frames", chunk.rendered().length());
      values.put("start_frame", chunk.rendered().start());
      values.put("width", blueprint.size().width());
      values.put("height", blueprint.size().height());
      values.put("seed", blueprint.seed());
      values.put("positive", blueprint.candidate().prompt().positive());
      values.put("negative", blueprint.candidate().prompt().negative());
      values.put("frame_rate", rate.framesPerSecond());
      steps.ifPresent(count -> values.put("steps", count));
      return new Task.Render(pass, withReference, values);
    }
  }
}
