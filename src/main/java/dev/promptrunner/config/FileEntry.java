package dev.promptrunner.config;

/**
 * A setting as the file has it.
 *
 * @param name with dots
 * @param where file and line: {@code prompt-runner.yaml:3}
 */
record FileEntry(String name, Value value, String where) {}
