/**
 * Manifest, archive, object stores and the proof of arrival.
 *
 * <p>May import: base, event.
 */
@NullMarked
package dev.promptrunner.delivery;

import org.jspecify.annotations.NullMarked;
