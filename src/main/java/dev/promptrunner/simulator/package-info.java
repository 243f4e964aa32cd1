/**
 * A ComfyUI-compatible server that renders on the CPU.
 *
 * <p>May import: base, workflow, media.
 */
@NullMarked
package dev.promptrunner.simulator;

import org.jspecify.annotations.NullMarked;
