/**
 * Sweep files, shots and iterations into the generations that a plan holds.
 *
 * <p>May import: base, prompt, workflow, plan.
 */
@NullMarked
package dev.promptrunner.explore.sweep;

import org.jspecify.annotations.NullMarked;
