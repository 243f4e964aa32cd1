package dev.promptrunner.simulator.node;

import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.util.Optional;

/** What a node class does. Stateless. */
@FunctionalInterface
public interface Node {
  NodeResult run(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException;

  /** How a class says that its result may have changed although its inputs have not. */
  @FunctionalInterface
  interface Freshness {
    /**
     * A text that is part of the cache key; empty when the result must never be reused.
     *
     * @param literals the inputs that are not links
     */
    Optional<String> of(Inputs literals, Folders folders);
  }
}
