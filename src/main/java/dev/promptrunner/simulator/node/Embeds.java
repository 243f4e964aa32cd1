package dev.promptrunner.simulator.node;

/**
 * What a sampler is told about the pictures.
 *
 * @param frames the control frames, padded with grey to the length
 * @param reference whether a reference picture was given
 */
record Embeds(Frames frames, boolean reference) {}
