/**
 * The simulator's nodes: what each class of the two Wan workflows does to real frames on a CPU.
 *
 * <p>May import: base, media.
 */
@NullMarked
package dev.promptrunner.simulator.node;

import org.jspecify.annotations.NullMarked;
