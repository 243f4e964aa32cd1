package dev.promptrunner.delivery;

/**
 * A video's archive that was read back from its store.
 *
 * @param uri where it lies
 * @param bytes its size as the store tells it
 * @param crc32c as the store tells it, equal to that of what was sent
 * @param already whether it lay there before
 */
public record Delivered(String uri, long bytes, Crc32c crc32c, boolean already) {}
