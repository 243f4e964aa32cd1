package dev.promptrunner.simulator.node;

/**
 * What passes from sampler to sampler: the frames, not yet decoded.
 *
 * @param samples the frames themselves
 */
record Latent(Frames samples) {}
