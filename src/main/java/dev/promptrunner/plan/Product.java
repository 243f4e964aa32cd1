package dev.promptrunner.plan;

/**
 * A file that a job leaves behind.
 *
 * @param path relative to the output root, with {@code /}
 * @param frames how many frames the video must have; 0 when it is not a video
 */
public record Product(Role role, String path, int frames) {}
