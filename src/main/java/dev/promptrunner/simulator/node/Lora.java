package dev.promptrunner.simulator.node;

/** A small model laid over a large one; a strength of 0 is none at all. */
record Lora(String file, double strength) {}
