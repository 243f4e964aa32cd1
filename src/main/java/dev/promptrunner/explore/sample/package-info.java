/**
 * Points of a space of parameters: Sobol, Latin hypercube, grid, random, linear. Pure.
 *
 * <p>May import: base, prompt, workflow, plan.
 */
@NullMarked
package dev.promptrunner.explore.sample;

import org.jspecify.annotations.NullMarked;
