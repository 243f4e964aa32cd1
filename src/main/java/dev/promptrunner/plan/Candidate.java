package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.prompt.PromptFile;
import java.util.Optional;

/**
 * A prompt file with what was found on disk for it.
 *
 * @param source its control video, measured
 * @param referenceDigest of the picture beside the prompt file, when there is one
 */
public record Candidate(PromptFile prompt, SourceVideo source, Optional<Digest> referenceDigest) {}
