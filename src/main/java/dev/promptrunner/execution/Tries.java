package dev.promptrunner.execution;

/**
 * How a job has fared so far.
 *
 * @param failed tries that failed in all, the last one included, ≥ 1
 * @param alike those of them that failed in the class of the last one
 */
record Tries(int failed, int alike) {}
