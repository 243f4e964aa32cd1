/**
 * The composition root: builds every part, starts it, closes it in reverse.
 *
 * <p>May import: everything but cli.
 */
@NullMarked
package dev.promptrunner.app;

import org.jspecify.annotations.NullMarked;
