package dev.promptrunner.delivery;

import java.util.Locale;

/** What rendered the frames. The simulator never passes for a model: its manifest says so. */
public enum Engine {
  COMFYUI("rendered by a model on a ComfyUI server"),
  SIMULATOR("rendered by the simulator on the CPU: test pictures, not the work of a model");

  private final String note;

  Engine(String note) {
    this.note = note;
  }

  /** The word of {@code --engine}: {@code comfyui} or {@code simulator}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same as a sentence for a person. */
  public String note() {
    return note;
  }

  /**
   * Reads the word of {@code --engine}.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static Engine of(String word) {
    for (Engine engine : values()) {
      if (engine.word().equals(word)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("not an engine (comfyui or simulator): '" + word + "'");
  }
}
