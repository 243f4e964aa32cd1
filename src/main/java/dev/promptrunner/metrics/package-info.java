/**
 * What a run spent and how it went, as numbers; warnings when they go bad.
 *
 * <p>May import: base, event.
 */
@NullMarked
package dev.promptrunner.metrics;

import org.jspecify.annotations.NullMarked;
