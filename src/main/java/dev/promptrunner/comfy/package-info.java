/**
 * The ComfyUI client: submit, follow, fetch, interrupt.
 *
 * <p>May import: base, event, workflow.
 */
@NullMarked
package dev.promptrunner.comfy;

import org.jspecify.annotations.NullMarked;
