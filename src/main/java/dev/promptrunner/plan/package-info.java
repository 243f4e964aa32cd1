/**
 * Prompt files, a recipe and settings into a plan of jobs with what each needs. Pure.
 *
 * <p>May import: base, prompt, workflow.
 */
@NullMarked
package dev.promptrunner.plan;

import org.jspecify.annotations.NullMarked;
