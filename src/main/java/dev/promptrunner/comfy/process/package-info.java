/**
 * Starts, watches, restarts and stops ComfyUI's process on this machine.
 *
 * <p>May import: base, event, workflow, comfy.
 */
@NullMarked
package dev.promptrunner.comfy.process;

import org.jspecify.annotations.NullMarked;
