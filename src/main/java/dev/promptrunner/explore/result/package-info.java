/**
 * What exploring left behind: one line for each run, as JSON and as CSV.
 *
 * <p>May import: base, prompt, workflow, plan.
 */
@NullMarked
package dev.promptrunner.explore.result;

import org.jspecify.annotations.NullMarked;
