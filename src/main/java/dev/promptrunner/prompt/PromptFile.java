package dev.promptrunner.prompt;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A prompt file that was read and found good.
 *
 * @param videoName base name without extension, safe as a file and object name
 * @param frames asked for, ≥ 1
 * @param controlVideo the video beside the prompt file, if any
 * @param referenceImage the picture beside it that conditions the first pair, if any
 */
public record PromptFile(
    Path file,
    String videoName,
    int frames,
    String positive,
    String negative,
    Optional<Path> controlVideo,
    Optional<Path> referenceImage) {}
