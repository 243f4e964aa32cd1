package dev.promptrunner.simulator.node;

import java.util.List;

/**
 * A text encoder.
 *
 * @param file the file's name
 * @param loras in the order of loading
 * @param layer the last one used, −1 is the end
 */
record Clip(String file, List<Lora> loras, int layer) {
  Clip {
    loras = List.copyOf(loras);
  }

  static Clip of(String file) {
    return new Clip(file, List.of(), -1);
  }

  Clip with(Lora lora) {
    return new Clip(file, DiffusionModel.appended(loras, lora), layer);
  }

  Clip endingAt(int newLayer) {
    return new Clip(file, loras, newLayer);
  }
}
