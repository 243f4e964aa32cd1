/**
 * Which pod this is, what it costs, and how to stop it.
 *
 * <p>May import: base, event.
 */
@NullMarked
package dev.promptrunner.pod;

import org.jspecify.annotations.NullMarked;
