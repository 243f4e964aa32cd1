/**
 * What the simulator paints instead of rendering: a moving landscape in which every parameter of a
 * sampler shows. Pure: the same look is the same pixels.
 *
 * <p>May import: base, media.
 */
@NullMarked
package dev.promptrunner.simulator.picture;

import org.jspecify.annotations.NullMarked;
