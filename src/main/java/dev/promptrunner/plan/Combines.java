package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.JobId;
import dev.promptrunner.workflow.Numbers;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that join a chunk's segment to the video made so far, in each of the three modes. */
record Combines(WorkPlan plan, Recipe recipe, CombineMode mode, FrameRate rate) {
  List<Job> of(Chunk chunk) {
    return switch (mode) {
      case WORKFLOW -> List.of(combine(chunk));
      case APPEND -> List.of(enhance(chunk), join(chunk, enhancedId(chunk), Role.ENHANCED));
      case COPY -> List.of(join(chunk, plan.low(chunk.index()), Role.SEGMENT));
    };
  }

  private Job combine(Chunk chunk) {
    Pass pass = chunk.index() == 0 ? Pass.COMBINE_FIRST : Pass.COMBINE_NEXT;
    List<Need> needs = new ArrayList<>();
    needs.add(new Need.Made("segment", plan.low(chunk.index()), Role.SEGMENT));
    previous(chunk).ifPresent(needs::add);
    return new Job(
        combinedId(chunk.index()),
        JobKind.COMBINE,
        chunk.index() + 1,
        chunk.index(),
        needs,
        combined(chunk, combining().framesFactor(), combining().framesShort()),
        render(pass, chunk));
  }

  private Job enhance(Chunk chunk) {
    int frames = chunk.kept().length() * combining().framesFactor();
    Product enhanced =
        new Product(
            Role.ENHANCED,
            Names.enhanced(plan.name(), WorkPlan.lowNumber(chunk.index())),
            frames - combining().framesShort(),
            frames);
    return new Job(
        enhancedId(chunk),
        JobKind.ENHANCE,
        chunk.index() + 1,
        chunk.index(),
        List.of(new Need.Made("segment", plan.low(chunk.index()), Role.SEGMENT)),
        List.of(enhanced),
        render(Pass.COMBINE_FIRST, chunk));
  }

  private Job join(Chunk chunk, JobId by, Role role) {
    boolean asItIs = mode == CombineMode.COPY;
    List<Need> needs = new ArrayList<>();
    previous(chunk).ifPresent(needs::add);
    needs.add(new Need.Made("segment", by, role));
    return new Job(
        combinedId(chunk.index()),
        JobKind.JOIN,
        chunk.index() + 1,
        chunk.index(),
        needs,
        asItIs
            ? combined(chunk, 1, 0)
            : combined(chunk, combining().framesFactor(), combining().framesShort()),
        new Task.Join(asItIs ? Optional.of(chunk.keptInSegment()) : Optional.empty()));
  }

  private Optional<Need> previous(Chunk chunk) {
    return chunk.index() == 0
        ? Optional.empty()
        : Optional.of(new Need.Made("previous", combinedId(chunk.index() - 1), Role.COMBINED));
  }

  /** The video so far; after the last chunk also under its final name. */
  private List<Product> combined(Chunk chunk, int factor, int shortBy) {
    int most = chunk.kept().end() * factor;
    int least = most - shortBy * (chunk.index() + 1);
    List<Product> products = new ArrayList<>();
    products.add(
        new Product(Role.COMBINED, Names.combined(plan.name(), chunk.index() + 1), least, most));
    if (chunk == plan.chunks().getLast()) {
      products.add(new Product(Role.FINAL, Names.finalVideo(plan.name()), least, most));
    }
    return products;
  }

  private Task render(Pass pass, Chunk chunk) {
    return new Task.Render(
        pass,
        false,
        Map.of(
            "trim_skip", chunk.skip(),
            "trim_frames", chunk.kept().length(),
            "frame_rate", rate.framesPerSecond(),
            "combine_frame_rate", rate.times(combining().framesFactor()).framesPerSecond()));
  }

  private Numbers.Combining combining() {
    return recipe.numbers().combining();
  }

  private JobId combinedId(int chunk) {
    return plan.id("combined_" + Names.number(chunk + 1));
  }

  private JobId enhancedId(Chunk chunk) {
    return plan.id("enhanced_" + Names.number(WorkPlan.lowNumber(chunk.index())));
  }
}
