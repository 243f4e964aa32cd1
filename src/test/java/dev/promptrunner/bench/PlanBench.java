package dev.promptrunner.bench;

import dev.promptrunner.app.PlanJob;
import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.Sources;
import dev.promptrunner.media.SampleVideo;
import dev.promptrunner.plan.Candidate;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.plan.SourceVideo;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.testing.Plans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Planning 10,000 prompt files that share one control video: read from disk, parsed, checked and
 * planned, in a fresh process and again; and the pure planner alone.
 *
 * <p>Argument: how many prompt files (10,000 unless given).
 */
public final class PlanBench {
  private static final int ROUNDS = 5;
  private static final double MOST_SECONDS = 1;

  private PlanBench() {}

  public static void main(String[] args) throws Exception {
    int files = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("plan")) {
      write(folder.path(), files);
      PlanJob job = new PlanJob(settings());
      double first = seconds(() -> jobs(job, folder.path(), files, marks));
      double[] again = new double[ROUNDS];
      double[] pure = new double[ROUNDS];
      List<Candidate> candidates = candidates(files);
      for (int i = 0; i < ROUNDS; i++) {
        again[i] = seconds(() -> job.plan(List.of(folder.path())));
        pure[i] = seconds(() -> planned(candidates));
      }
      marks.say(
          "plan: %d files: %.2f s in a fresh process, then %.2f s; the planner alone %.2f s: %.1fx",
          files,
          first,
          Marks.median(again),
          Marks.median(pure),
          Marks.median(again) / Marks.median(pure));
      marks.atMost("plan: read and planned in a fresh process", first, MOST_SECONDS, "s");
      marks.atMost("plan: the planner alone", Marks.median(pure), MOST_SECONDS, "s");
    }
    marks.exit();
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private static double seconds(Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void jobs(PlanJob job, Path folder, int files, Marks marks) throws Exception {
    PlanJob.Result result = job.plan(List.of(folder));
    Plan plan = result.planned().plan();
    if (plan.works().size() != files) {
      throw new IllegalStateException(
          plan.works().size() + " planned of " + files + ": " + result.problems());
    }
    marks.say("plan: %d jobs", plan.works().stream().mapToInt(work -> work.jobs().size()).sum());
  }

  private static void planned(List<Candidate> candidates) {
    new Planner(Plans.recipe(), PlanSettings.defaults()).plan(candidates, Known.NOTHING);
  }

  private static Settings settings() throws Exception {
    return Settings.of(
        Resolver.resolve(
            new Sources(Map.of(), Map.of(), Optional.empty(), Path.of(""), Files::isDirectory)));
  }

  private static void write(Path folder, int files) throws Exception {
    SampleVideo.main(new String[] {folder.resolve("walk.mp4").toString()});
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("prompt-" + i + ".txt"), text(i));
    }
  }

  private static String text(int i) {
    return "walk.mp4\n\n60\n\nA woman in a red coat walks along an empty beach, take "
        + i
        + ".\nWet sand mirrors the sky.\n\nblurry, watermark\n";
  }

  private static List<Candidate> candidates(int files) {
    SourceVideo source =
        new SourceVideo(
            Path.of("walk.mp4"), Digest.of("walk"), 60, new FrameSize(832, 480), FrameRate.of(16));
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      PromptFile prompt =
          new PromptFile(
              Path.of("prompt-" + i + ".txt"),
              "walk",
              60,
              "take " + i,
              "blurry",
              Optional.empty(),
              Optional.empty(),
              new PromptFile.Lines(1, 3));
      candidates.add(new Candidate(prompt, source, Optional.empty()));
    }
    return candidates;
  }
}
