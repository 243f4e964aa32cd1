package dev.promptrunner.simulator.node;

import dev.promptrunner.simulator.picture.Chance;
import dev.promptrunner.simulator.picture.Look;
import dev.promptrunner.simulator.picture.Orb;
import dev.promptrunner.simulator.picture.Palette;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What samplers' parameters look like: the seed is the place, the prompt the colours, cfg the
 * contrast, steps the detail and the lack of noise, sampler and scheduler what covers the land, the
 * model its form, the shift the speed, and each LoRA a light over it. As with the real experts, the
 * first pass decides on the large things.
 */
final class Looks {
  /** Steps after which nine tenths of the detail are there. */
  private static final double STEPS_OF_DETAIL = 16;

  /** Noise that a single step would leave, and how many steps make it a third. */
  private static final double FIRST_NOISE = 0.3;

  private static final double STEPS_OF_NOISE = 3.5;

  private Looks() {}

  /** The look after these passes, of which there is at least one. */
  static Look of(List<Pass> passes) {
    Pass first = passes.getFirst();
    int steps = passes.stream().mapToInt(pass -> pass.span().count()).sum();
    return new Look(
        first.seed(),
        palette(first, cfg(passes)),
        0.75 + 0.06 * cfg(passes),
        1 - Math.pow(0.1, steps / STEPS_OF_DETAIL),
        Math.min(1, noise(passes) + FIRST_NOISE * Math.exp(-steps / STEPS_OF_NOISE)),
        motion(first.model()),
        Chance.of(first.model().file()),
        new Look.Texture(chance(passes, Pass::sampler), chance(passes, Pass::scheduler)),
        orbs(passes),
        chance(passes, Pass::signature));
  }

  private static long chance(List<Pass> passes, Function<Pass, String> part) {
    return Chance.of(passes.stream().map(part).collect(Collectors.joining("\n\n")));
  }

  /** A cfg of 1 is blind to the negative prompt, in truth as here. */
  private static Palette palette(Pass pass, double cfg) {
    double clip = pass.positive().clip().loras().stream().mapToDouble(Lora::strength).sum();
    Palette palette =
        Palette.of(pass.positive().text())
            .saturated((0.75 + 0.05 * cfg) * Math.exp(Math.clamp(clip, -5.0, 5.0) / 8));
    String unwanted = pass.negative().text();
    if (unwanted.isBlank() || pass.cfg() == 1) {
      return palette;
    }
    double push = Math.min(1, Math.abs(pass.cfg() - 1) / 10);
    return palette.turned(0.12 * push * (Chance.share(Chance.of(unwanted), 0) - 0.5));
  }

  private static double cfg(List<Pass> passes) {
    int steps = passes.stream().mapToInt(pass -> pass.span().count()).sum();
    double sum = passes.stream().mapToDouble(pass -> pass.cfg() * pass.span().count()).sum();
    return steps == 0 ? passes.getFirst().cfg() : sum / steps;
  }

  /** What the passes leave: a pass takes away as much noise as it expects, and no more. */
  private static double noise(List<Pass> passes) {
    double noise = 0;
    for (Pass pass : passes) {
      double expected = pass.span().noiseBefore();
      double found = pass.addsNoise() ? expected : noise;
      noise = Math.max(0, found - expected) + pass.span().noiseAfter();
    }
    return noise;
  }

  private static double motion(DiffusionModel model) {
    double loras = model.loras().stream().mapToDouble(lora -> Math.abs(lora.strength())).sum();
    return 0.3 + 0.09 * model.shift() + 0.25 * Math.min(4, loras);
  }

  private static List<Orb> orbs(List<Pass> passes) {
    return passes.stream()
        .flatMap(pass -> pass.model().loras().stream())
        .map(lora -> new Orb(Chance.of(lora.file()), lora.strength()))
        .toList();
  }
}
