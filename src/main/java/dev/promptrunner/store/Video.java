package dev.promptrunner.store;

/**
 * A work's latest playable video.
 *
 * @param path relative to the output root, with {@code /}
 * @param finished whether it is the final one
 */
public record Video(String path, int frames, boolean finished) {}
