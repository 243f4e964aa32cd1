/**
 * The durable state of an output root in SQLite.
 *
 * <p>May import: base, event.
 */
@NullMarked
package dev.promptrunner.store;

import org.jspecify.annotations.NullMarked;
