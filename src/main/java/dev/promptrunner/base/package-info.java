/**
 * Ids, units and values that every other package speaks in; no behaviour of the product.
 *
 * <p>May import: nothing of the project.
 */
@NullMarked
package dev.promptrunner.base;

import org.jspecify.annotations.NullMarked;
