package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.RenderConfig;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.workflow.Reading;
import java.util.List;

/** The planner's settings from the program's. */
final class PlanSettingsOf {
  private PlanSettingsOf() {}

  static Reading<PlanSettings> settings(Settings settings) {
    RenderConfig render = settings.render();
    if (render.overlap() >= render.framesPerChunk()) {
      return new Reading.Bad<>(
          List.of(
              new Problem(
                  "overlap",
                  "must be less than the %d frames of a chunk".formatted(render.framesPerChunk()),
                  Integer.toString(render.overlap()),
                  "give 0 to " + (render.framesPerChunk() - 1))));
    }
    return new Reading.Good<>(
        new PlanSettings(
            render.framesPerChunk(),
            render.overlap(),
            render.size(),
            render.seed(),
            mode(render.combine()),
            order(render.order()),
            render.shortControlVideo() == RenderConfig.ShortControlVideo.CLAMP,
            settings.delivery().uri().isPresent(),
            settings.run().engine() == RunConfig.Engine.SIMULATOR));
  }

  private static CombineMode mode(RenderConfig.Combine combine) {
    return switch (combine) {
      case WORKFLOW -> CombineMode.WORKFLOW;
      case APPEND -> CombineMode.APPEND;
      case COPY -> CombineMode.COPY;
    };
  }

  private static JobOrder order(RenderConfig.Order order) {
    return switch (order) {
      case ADJACENT -> JobOrder.ADJACENT;
      case WAVE -> JobOrder.WAVE;
    };
  }
}
