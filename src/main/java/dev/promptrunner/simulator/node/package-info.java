/**
 * The simulator's nodes: what each class of the Wan workflows and the common core classes do on a
 * CPU.
 *
 * <p>May import: base, media.
 */
@NullMarked
package dev.promptrunner.simulator.node;

import org.jspecify.annotations.NullMarked;
