package dev.promptrunner.comfy;

import dev.promptrunner.base.Digest;
import java.nio.file.Path;

/**
 * A file that was brought here whole.
 *
 * @param bytes its size, equal to what the server announced
 * @param digest of its bytes, computed while they came
 */
public record Fetched(Path path, long bytes, Digest digest) {}
