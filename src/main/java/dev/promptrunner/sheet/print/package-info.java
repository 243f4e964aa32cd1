/**
 * The contact sheet on paper: a PDF and a PNG for sending.
 *
 * <p>May import: base, explore.
 */
@NullMarked
package dev.promptrunner.sheet.print;

import org.jspecify.annotations.NullMarked;
