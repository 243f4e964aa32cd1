/**
 * Which runs of an exploration came out best, and which parameters went with it. Pure.
 *
 * <p>May import: base, explore.
 */
@NullMarked
package dev.promptrunner.sheet.ranking;

import org.jspecify.annotations.NullMarked;
