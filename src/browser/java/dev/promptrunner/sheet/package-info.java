/** The contact sheet in a real browser. */
@NullMarked
package dev.promptrunner.sheet;

import org.jspecify.annotations.NullMarked;
