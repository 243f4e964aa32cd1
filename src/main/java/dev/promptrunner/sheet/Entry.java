package dev.promptrunner.sheet;

import dev.promptrunner.base.Failure;
import dev.promptrunner.explore.result.Result;
import java.util.Optional;

/**
 * A result and what was seen of it.
 *
 * @param preview empty when the run has left nothing to look at, or it could not be looked at
 * @param trouble why it could not be looked at; never together with a preview
 */
public record Entry(Result result, Optional<Preview> preview, Optional<Failure> trouble) {}
