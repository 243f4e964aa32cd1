/**
 * Prompt files into values, every problem told as {@code file:line: problem}.
 *
 * <p>May import: base.
 */
@NullMarked
package dev.promptrunner.prompt;

import org.jspecify.annotations.NullMarked;
