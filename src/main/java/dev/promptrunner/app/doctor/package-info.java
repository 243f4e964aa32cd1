/**
 * Looks at everything that a run relies on, before the run: each check tells what it found.
 *
 * <p>May import: what app may.
 */
@NullMarked
package dev.promptrunner.app.doctor;

import org.jspecify.annotations.NullMarked;
