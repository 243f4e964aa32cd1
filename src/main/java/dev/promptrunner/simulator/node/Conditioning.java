package dev.promptrunner.simulator.node;

import java.util.Optional;

/**
 * What a sampler is told to show, or to avoid.
 *
 * @param text the prompt
 * @param clip what read it
 * @param keyframes pictures that the video begins or ends with
 */
record Conditioning(String text, Clip clip, Optional<Keyframes> keyframes) {
  /** The same that says nothing. */
  Conditioning zeroed() {
    return new Conditioning("", clip, keyframes);
  }

  Conditioning with(Keyframes frames) {
    return new Conditioning(text, clip, Optional.of(frames));
  }
}
