package dev.promptrunner.media;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.media.JoinPlan.Step;
import dev.promptrunner.media.Part.Copied;
import dev.promptrunner.media.Part.Encoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is copied and what is encoded again. Touches no file but to try an encoder. */
final class JoinPlanner {
  private final List<Cut> cuts;
  private final ScannedVideo first;
  private final CopyPolicy policy;

  /** How much may be copied. */
  enum CopyPolicy {
    /** Parts of pieces as well. */
    SMART,
    /** Only pieces that are kept whole. */
    WHOLE_PIECES,
    /** Nothing. */
    NOTHING
  }

  record Cut(ScannedVideo input, FrameRange keep) {
    boolean isWhole() {
      return keep.start() == 0 && keep.length() == input.index().size();
    }
  }

  private JoinPlanner(List<Cut> cuts, CopyPolicy policy) {
    this.cuts = cuts;
    this.first = cuts.getFirst().input();
    this.policy = policy;
  }

  static JoinPlan plan(List<Cut> cuts, CopyPolicy policy) throws MediaException {
    JoinPlanner planner = new JoinPlanner(cuts, policy);
    return planner.allAlike() ? planner.copyAll() : planner.joinH264();
  }

  /** Any usual codec: nothing is cut and all files have the very same header. */
  private boolean allAlike() {
    return policy != CopyPolicy.NOTHING
        && Codecs.isUsualInMp4(first.track().codec())
        && cuts.stream()
            .allMatch(
                cut ->
                    cut.isWhole()
                        && cut.input().isExact()
                        && cut.input().scan().ownSetsOnly()
                        && cut.input().track().equals(first.track())
                        && cut.input().header().equals(first.header()));
  }

  private JoinPlan copyAll() {
    List<Step> steps = new ArrayList<>();
    cuts.forEach(cut -> steps.add(new Step(cut.input(), new Copied(cut.keep()))));
    return new JoinPlan(
        steps, first.rate(), Optional.empty(), first.mergeableSets(), verifyFrom(steps));
  }

  private JoinPlan joinH264() throws MediaException {
    ParameterSets sets = ParameterSets.none();
    List<Step> steps = new ArrayList<>();
    for (Cut cut : cuts) {
      Optional<ParameterSets> more = copyable(cut, sets);
      if (more.isPresent()) {
        sets = sets.with(more.get());
        parts(cut).forEach(part -> steps.add(new Step(cut.input(), part)));
      } else {
        steps.add(new Step(cut.input(), new Encoded(cut.keep())));
      }
    }
    boolean encodes = steps.stream().anyMatch(step -> step.part() instanceof Encoded);
    return encodes ? withEncoder(steps, sets) : plan(steps, Optional.empty(), sets);
  }

  private JoinPlan withEncoder(List<Step> steps, ParameterSets sets) throws MediaException {
    Optional<JoinEncoder> encoder = JoinEncoder.beside(sets, first);
    if (encoder.isEmpty()) {
      return plan(cuts, CopyPolicy.NOTHING);
    }
    return plan(
        steps, Optional.of(encoder.get().settings()), sets.with(encoder.get().parameterSets()));
  }

  private JoinPlan plan(List<Step> steps, Optional<EncoderSettings> encoding, ParameterSets sets) {
    return new JoinPlan(steps, first.rate(), encoding, Optional.of(sets), verifyFrom(steps));
  }

  private Optional<ParameterSets> copyable(Cut cut, ParameterSets sets) {
    boolean allowed =
        switch (policy) {
          case SMART -> true;
          case WHOLE_PIECES -> cut.isWhole();
          case NOTHING -> false;
        };
    boolean fits = cut.input().isH264() && cut.input().track().equals(first.track());
    return allowed && fits
        ? cut.input().mergeableSets().filter(sets::agreesWith)
        : Optional.empty();
  }

  private static List<Part> parts(Cut cut) {
    return SmartCut.parts(cut.input().index(), cut.keep());
  }

  /**
   * A first piece that goes over whole was proven by the join that made it. The decoder has to be
   * followed over the seam only where its parameters may change there.
   */
  private int verifyFrom(List<Step> steps) {
    boolean proven = steps.size() > 1 && cuts.getFirst().isWhole() && isCopied(steps.getFirst());
    if (!proven) {
      return 0;
    }
    int seam = cuts.getFirst().keep().length();
    return isPlainSeam(steps.get(1)) ? seam : first.index().lastCleanUpTo(seam - 1);
  }

  private boolean isPlainSeam(Step next) {
    Optional<ParameterSets> before = first.mergeableSets();
    Optional<ParameterSets> after = next.input().mergeableSets();
    boolean sameSets =
        before.isPresent()
            && after.isPresent()
            && before.get().isSingle()
            && before.get().sameAs(after.get());
    return isCopied(next) && (sameSets || before.isEmpty());
  }

  private static boolean isCopied(Step step) {
    return step.part() instanceof Copied;
  }
}
