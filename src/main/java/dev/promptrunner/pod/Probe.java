package dev.promptrunner.pod;

import java.util.OptionalDouble;

/**
 * What the provider said at the start.
 *
 * @param able whether some way to end the pod looks open
 * @param words for a person: what answered, what refused and why
 * @param dollarsPerHour the pod's price while it runs, where the provider tells
 */
public record Probe(boolean able, String words, OptionalDouble dollarsPerHour) {}
