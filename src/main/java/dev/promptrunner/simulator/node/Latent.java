package dev.promptrunner.simulator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What passes from sampler to sampler: the frames, not yet decoded.
 *
 * @param samples the frames themselves
 * @param base what was there before the first of the passes
 * @param length frames of one clip: a batch of pictures is so many clips of one frame
 * @param passes the sampling that another sampler may go on with
 */
record Latent(Frames samples, Frames base, int length, List<Pass> passes) {
  Latent {
    passes = List.copyOf(passes);
  }

  /** Frames as they are: one clip that nobody has sampled. */
  Latent(Frames samples) {
    this(samples, samples, samples.count(), List.of());
  }

  /** The same after one more pass, whose conditioning fits it. */
  Latent after(Pass pass) {
    boolean anew = pass.addsNoise() || passes.isEmpty();
    List<Pass> all = new ArrayList<>(anew ? List.of() : passes);
    all.add(pass);
    Frames ground = anew ? samples : base;
    Optional<Keyframes> keyframes = pass.positive().keyframes();
    Frames rendered =
        new RenderedFrames(Looks.of(all), ground, length, all.getFirst().strength(), keyframes);
    return new Latent(rendered, ground, length, all);
  }
}
