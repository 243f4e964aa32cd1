package dev.promptrunner.plan;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.workflow.Recipe;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes plans. Pure: what it needs of files was measured before. */
public final class Planner {
  private final Recipe recipe;
  private final PlanSettings settings;
  private final FrameSize size;
  private final List<BigInteger> seeds;

  /** Each prompt file becomes one video. */
  public Planner(Recipe recipe, PlanSettings settings) {
    this(recipe, settings, List.of(usualSeed(settings)));
  }

  /**
   * Each prompt file becomes a video for each of these seeds.
   *
   * @param seeds at least one, no two alike; the first one's video has the usual name
   */
  public Planner(Recipe recipe, PlanSettings settings, List<BigInteger> seeds) {
    this.recipe = recipe;
    this.settings = settings;
    this.size = settings.size().orElse(recipe.numbers().usualSize());
    this.seeds = List.copyOf(seeds);
  }

  /** Of every job, when a prompt file becomes one video. */
  public static BigInteger usualSeed(PlanSettings settings) {
    return settings.seed().orElse(PlanSettings.DEFAULT_SEED);
  }

  /**
   * What a candidate that can be planned is to become.
   *
   * @param iteration from 1
   */
  private record Asked(
      Candidate candidate, int frames, WorkKey key, BigInteger seed, int iteration) {}

  /**
   * Plans all prompt files.
   *
   * @param known from earlier runs on this output root
   */
  public Planned plan(List<Candidate> candidates, Known known) {
    return plan(candidates, known, List.of());
  }

  /**
   * Plans further prompt files.
   *
   * @param known from earlier runs on this output root
   * @param beside works of other prompt files, which keep their names
   */
  public Planned plan(List<Candidate> candidates, Known known, Collection<VideoWork> beside) {
    List<Problem> problems = new ArrayList<>(problemsOfSettings());
    List<Problem> notes = new ArrayList<>();
    List<VideoWork> works = new ArrayList<>();
    if (problems.isEmpty()) {
      List<Asked> all = asked(candidates, problems);
      WorkNames names = names(all, known, beside);
      Map<WorkKey, Candidate> seen = new HashMap<>();
      all.forEach(asked -> add(asked, names, known.layouts(), seen, works, notes));
    }
    return new Planned(new Plan(works, settings.order()), problems, notes);
  }

  private List<Asked> asked(List<Candidate> candidates, List<Problem> problems) {
    List<Asked> all = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Optional<Problem> problem = problem(candidate);
      problem.ifPresent(problems::add);
      if (problem.isEmpty()) {
        int frames = Math.min(candidate.prompt().frames(), candidate.source().frames());
        for (int i = 0; i < seeds.size(); i++) {
          BigInteger seed = seeds.get(i);
          WorkKey key = WorkKeys.of(candidate, frames, size, seed, recipe, settings);
          all.add(new Asked(candidate, frames, key, seed, i + 1));
        }
      }
    }
    return all;
  }

  private static WorkNames names(List<Asked> all, Known known, Collection<VideoWork> beside) {
    Map<WorkKey, String> names = new HashMap<>(known.names());
    beside.forEach(work -> names.put(work.key(), work.name()));
    Stream<WorkKey> first = beside.stream().map(VideoWork::key);
    return new WorkNames(names, Stream.concat(first, all.stream().map(Asked::key)).toList());
  }

  private void add(
      Asked asked,
      WorkNames names,
      Map<WorkKey, Layout> layouts,
      Map<WorkKey, Candidate> seen,
      List<VideoWork> works,
      List<Problem> notes) {
    Candidate candidate = asked.candidate();
    WorkKey key = asked.key();
    Candidate same = seen.putIfAbsent(key, candidate);
    if (same != null) {
      notes.add(
          note(candidate, "asks for the same work", same.prompt().file().toString(), "done once"));
      return;
    }
    Blueprint blueprint =
        new Blueprint(
            candidate,
            names.name(key, candidate.prompt(), asked.iteration()),
            key,
            asked.frames(),
            size,
            asked.seed(),
            asked.iteration(),
            recipe,
            settings);
    VideoWork work = blueprint.work(layouts.getOrDefault(key, blueprint.usualLayout()));
    works.add(work);
    if (asked.iteration() == 1) {
      notes(candidate, asked.frames(), work.chunks(), notes);
    }
  }

  private void notes(Candidate candidate, int frames, List<Chunk> chunks, List<Problem> notes) {
    if (frames < candidate.prompt().frames()) {
      notes.add(
          note(
              candidate,
              "is shortened to the control video's " + frames + " frames",
              Integer.toString(candidate.prompt().frames()),
              "as short-control-video=clamp asks"));
    }
    if (chunks.size() - 1 > recipe.numbers().driftAfter()) {
      notes.add(
          note(
              candidate,
              "has %d chunks in a row: colours drift after about %d extensions without a fresh"
                      .formatted(chunks.size(), recipe.numbers().driftAfter())
                  + " reference",
              "",
              "larger chunks, or several prompt files, keep them"));
    }
    Chunk first = chunks.getFirst();
    if (first.rendered().end() > candidate.source().frames()) {
      notes.add(
          note(
              candidate,
              "renders %d frames, the model's next length: the last %d have no control frame and"
                      .formatted(
                          first.rendered().length(),
                          first.rendered().end() - candidate.source().frames())
                  + " are cut off again",
              candidate.source().frames() + " frames in the control video",
              "a few more frames in the control video avoid it"));
    }
  }

  private List<Problem> problemsOfSettings() {
    List<Problem> problems = new ArrayList<>();
    int multiple = recipe.numbers().sizeMultiple();
    if (size.width() % multiple != 0 || size.height() % multiple != 0) {
      problems.add(
          new Problem(
              "size",
              "both sides must be multiples of " + multiple,
              size.toString(),
              "give " + nearest(size, multiple)));
    }
    return problems;
  }

  private static FrameSize nearest(FrameSize size, int multiple) {
    return new FrameSize(rounded(size.width(), multiple), rounded(size.height(), multiple));
  }

  private static int rounded(int side, int multiple) {
    return Math.max(1, Math.round((float) side / multiple)) * multiple;
  }

  private Optional<Problem> problem(Candidate candidate) {
    int asked = candidate.prompt().frames();
    int there = candidate.source().frames();
    if (asked <= there || settings.clampShortVideo()) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            candidate.prompt().whereFrames(),
            "asks for %d frames, but the control video %s has only %d; the model would invent the rest"
                .formatted(asked, candidate.source().file().getFileName(), there),
            Integer.toString(asked),
            "write %d or fewer, or run with --short-control-video clamp".formatted(there)));
  }

  private static Problem note(Candidate candidate, String what, String found, String remedy) {
    return new Problem(candidate.prompt().file().toString(), what, found, remedy);
  }
}
