/**
 * The literals of any workflow as typed parameters, and the sweep file proposed for them. Pure.
 *
 * <p>May import: base, prompt, workflow, plan.
 */
@NullMarked
package dev.promptrunner.explore.parameter;

import org.jspecify.annotations.NullMarked;
