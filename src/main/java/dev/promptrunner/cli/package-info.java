/**
 * Commands, console output and exit codes.
 *
 * <p>May import: base, event, config, app, prompt, plan, explore.
 */
@NullMarked
package dev.promptrunner.cli;

import org.jspecify.annotations.NullMarked;
