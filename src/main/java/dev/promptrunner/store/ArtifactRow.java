package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;

/**
 * A file that a job left behind, as it was when it was proven.
 *
 * @param role what it is to later jobs, in the plan's words, such as {@code SEGMENT}
 * @param path relative to the output root, with {@code /}
 * @param size in bytes
 * @param frames of a video; 0 for other files
 * @param discarded whether the file was cleaned away on purpose, because later files contain it
 */
public record ArtifactRow(
    JobId job, String role, String path, long size, Digest sha256, int frames, boolean discarded) {}
