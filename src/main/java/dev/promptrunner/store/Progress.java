package dev.promptrunner.store;

import java.time.Instant;

/**
 * The last step that a job told of.
 *
 * @param label what the steps count
 * @param step done so far, 0 … steps
 */
public record Progress(String label, long step, long steps, Instant at) {}
