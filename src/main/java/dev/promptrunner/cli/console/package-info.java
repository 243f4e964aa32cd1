/**
 * A run as a person or a program follows it: live bars, plain lines or JSON, and the summary.
 *
 * <p>May import: base, event, plan.
 */
@NullMarked
package dev.promptrunner.cli.console;

import org.jspecify.annotations.NullMarked;
