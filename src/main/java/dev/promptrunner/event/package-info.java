/**
 * What happened in a run, as sealed data for console, store and web.
 *
 * <p>May import: base.
 */
@NullMarked
package dev.promptrunner.event;

import org.jspecify.annotations.NullMarked;
