package dev.promptrunner.simulator.node;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of the core nodes with what was laid over it.
 *
 * @param file the file's name
 * @param loras in the order of loading
 * @param shift of the noise schedule, 0 … 100
 */
record DiffusionModel(String file, List<Lora> loras, double shift) {
  /** What Wan samples with when no node sets another. */
  private static final double USUAL_SHIFT = 8;

  DiffusionModel {
    loras = List.copyOf(loras);
  }

  static DiffusionModel of(String file) {
    return new DiffusionModel(file, List.of(), USUAL_SHIFT);
  }

  DiffusionModel with(Lora lora) {
    return new DiffusionModel(file, appended(loras, lora), shift);
  }

  DiffusionModel shifted(double newShift) {
    return new DiffusionModel(file, loras, newShift);
  }

  /** The list with one more, unless that has no strength. */
  static List<Lora> appended(List<Lora> loras, Lora lora) {
    if (lora.strength() == 0) {
      return loras;
    }
    List<Lora> all = new ArrayList<>(loras);
    all.add(lora);
    return all;
  }
}
