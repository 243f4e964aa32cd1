package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;

/**
 * The control video as it was measured.
 *
 * @param frames counted, ≥ 1
 * @param digest of the file's content
 */
public record SourceVideo(Path file, Digest digest, int frames, FrameSize size, FrameRate rate) {}
