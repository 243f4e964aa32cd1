/**
 * Results of exploring side by side: a contact sheet to look at, and a ranking.
 *
 * <p>May import: base, explore.
 */
@NullMarked
package dev.promptrunner.sheet;

import org.jspecify.annotations.NullMarked;
