/**
 * A ComfyUI graph as data: edits, targets, recipes and their checks. Pure.
 *
 * <p>May import: base.
 */
@NullMarked
package dev.promptrunner.workflow;

import org.jspecify.annotations.NullMarked;
